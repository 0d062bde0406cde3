import type { DroneStatus } from '@skerry/contract'
import type { Wind } from '@skerry/search'
import type { DronesPort } from './context.ts'

/** The strongest of the winds that are known; null where none is. */
export const strongestWind = (known: readonly { wind: Wind | null }[]): Wind | null =>
  known.reduce<Wind | null>((most, { wind }) => (wind && wind.speedMps > (most?.speedMps ?? -1) ? wind : most), null)

/**
 * Wind that a drone's flight is budgeted in: its own report, else the strongest that any drone with a link reports, for a
 * drone that tells none does not fly in calm air. Null: nobody reports a wind, and the flight is planned as in calm air.
 */
export const windFor = (status: DroneStatus | null, drones: Pick<DronesPort, 'statuses'>): Wind | null =>
  status?.wind ?? strongestWind(drones.statuses().filter(({ link }) => link.state !== 'lost'))
