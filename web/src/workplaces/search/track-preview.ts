import type { GridFrame, GroundSensor, LngLat, Segment } from '@skerry/contract'
import { cellsInRing, gridFrame, OBSERVER_POLICY, observerSweepWidth, thinTrack, trackEffort } from '@skerry/search'

/** One fix of a track on the screen. */
export interface TrackPoint {
  atMs: number
  position: LngLat
  accuracyM: number | null
}

/** What a track would count for in a segment, before anybody has answered for it. */
export interface TrackPreview {
  lengthM: number
  coverage: number
  pod: number
  /** POS that it would add on the map as it is, 0..1. */
  pos: number
}

/**
 * The same arithmetic as the server's, on the map of the screen: cells there have lost what was searched already. Null for a
 * sensor that is still being typed.
 */
export function trackPreview(
  frame: GridFrame,
  segment: Pick<Segment, 'area'>,
  track: readonly TrackPoint[],
  sensor: GroundSensor,
): TrackPreview | null {
  const { shape, poa } = frame
  const local = gridFrame(shape)
  const cells = cellsInRing(shape, segment.area)
  try {
    const { sweepWidthM } = observerSweepWidth(sensor)
    const thin = thinTrack(
      track.map(({ atMs, position, accuracyM }) => ({ atMs, pointM: local.toLocal(position), accuracyM })),
    )
    const effort = trackEffort(shape, thin, cells, { sweepWidthM, ...OBSERVER_POLICY[sensor.kind] })
    let [sum, pods, pos] = [0, 0, 0]
    effort.cells.forEach((cell, i) => {
      const pod = 1 - Math.exp(-effort.coverage[i]!)
      sum += effort.coverage[i]!
      pods += pod
      pos += poa[cell]! * pod
    })
    const count = Math.max(1, cells.length)
    return { lengthM: effort.lengthM, coverage: sum / count, pod: pods / count, pos }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Fixes of a file as a command carries them: thinned until they fit, in order of time. */
export function fixesFor(track: readonly TrackPoint[], frame: GridFrame, most: number): [number, number, number][] {
  const local = gridFrame(frame.shape)
  const thin = thinTrack(
    track.map(({ atMs, position, accuracyM }) => ({ atMs, pointM: local.toLocal(position), accuracyM })),
  )
  return thin.slice(-most).map(({ atMs, pointM }): [number, number, number] => {
    const [lng, lat] = local.toLngLat(pointM)
    return [Math.round(atMs), lng, lat]
  })
}
