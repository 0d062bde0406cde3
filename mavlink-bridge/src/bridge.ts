import type { BridgeStatus } from '@skerry/contract'
import { type Clock, every, systemClock } from './clock.ts'
import type { Settings } from './config.ts'
import { openNetwork } from './links/network.ts'
import { createFlightDesk } from './orders/flight-desk.ts'
import { createPlanDesk } from './orders/plan-desk.ts'
import { footprintNow } from './thermal/footprint.ts'
import { registerThermal } from './thermal/registrar.ts'
import { type Absences, absencesOf, holderGone, operatorAlive } from './uplink/deadman.ts'
import { createLeases } from './uplink/leases.ts'
import { openUplink } from './uplink/uplink.ts'
import { createFleet } from './vehicles/fleet.ts'
import { OWN } from './vehicles/session.ts'
import { telemetryDelayMs } from './vehicles/telemetry-delay.ts'
import { statusOf } from './vehicles/status.ts'
import { encode } from './wire/encode.ts'

export interface BridgeOptions {
  readonly settings: Settings
  readonly version: string
  readonly clock?: Clock
  /** One line for the log. */
  readonly log?: (line: string, details?: Record<string, unknown>) => void
}
export interface Bridge {
  /** Where the first link really is (port 0 lets the system choose). */
  readonly local: string
  status(): BridgeStatus
  close(): Promise<void>
}

const HEARTBEAT_MS = 1000
const FLEET_TICK_MS = 250
const MAV_TYPE_GCS = 6
const MAV_AUTOPILOT_INVALID = 8
const MAV_STATE_ACTIVE = 4

/** Opens the links and the way to the server. Rejects with one line where a link cannot be opened. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { settings, clock = systemClock, log = () => undefined } = options
  const { bridgeId, deadmanMs, holderGoneMs } = settings
  let lastAliveAtMs = clock.nowMs()
  let beating = true
  let absences: Absences = new Map()
  let thermalSeq = 0
  const stops: (() => void)[] = []
  const network = await openNetwork({
    config: settings.links,
    configFolder: settings.linksFolder,
    dataFolder: settings.dataFolder,
    own: OWN,
    clock,
    log,
    hear: (arrival) => fleet.hear(arrival),
    isLocked: (sys) => fleet.members().some(({ session, duplicateId }) => duplicateId && session.systemId === sys),
  })
  const fleet = createFleet({
    bridgeId,
    link: network,
    clock,
    onMember(droneId, session) {
      log(`vehicle ${droneId} heard`, { peer: network.remoteOf(session.peer()) })
      stops.push(
        registerThermal(session, clock, (reading) => uplink.thermal({ ...reading, droneId, seq: ++thermalSeq })),
      )
    },
  })
  const leases = createLeases()
  const plans = createPlanDesk({ clock, notify: (notice) => uplink.upload(notice) })
  const desk = createFlightDesk({
    fleet,
    plans,
    clock,
    allows: leases.allows,
    holder: leases.holder,
    locked: (systemId) => (network.signing(systemId).state === 'read-only' ? 'unsigned-read-only' : null),
    notify: (notice) => uplink.command(notice),
  })

  const status = (): BridgeStatus => {
    const nowMs = clock.nowMs()
    const drones = fleet.members().map(({ droneId, session, duplicateId }) => {
      const drone = statusOf(
        session.vehicle(),
        {
          droneId,
          remote: network.remoteOf(session.peer()),
          lossShare: session.lossShare(),
          duplicateId,
          plan: plans.state(droneId, session),
          footprint: footprintNow(session.vehicle(), nowMs),
        },
        nowMs,
      )
      const latencyMs = network.latencyMs(session.peer())
      const signing = network.signing(session.systemId)
      const offsetMs = network.clockOffsetMs(session.peer(), session.systemId)
      const delayMs = telemetryDelayMs(session.vehicle(), offsetMs)
      return {
        ...drone,
        link: {
          ...drone.link,
          latencyMs,
          telemetryDelayMs: delayMs,
          signing,
          ways: network.ways(session.systemId),
          heartbeatStopped: isGone(droneId),
        },
      }
    })
    return { atMs: nowMs, links: network.health(), drones, stations: { ...network.stationCounters } }
  }
  const uplink = openUplink({
    url: settings.serverUrl,
    token: settings.token,
    hello: { bridgeId, version: options.version, startedAtMs: clock.nowMs() },
    clock,
    leases,
    handlers: desk,
    status,
    onLeases: desk.leasesChanged,
    onAlive(absent) {
      lastAliveAtMs = clock.nowMs()
      absences = absencesOf(absent, lastAliveAtMs)
    },
    onState: (connected, reason) => log(connected ? 'server connected' : `server away: ${reason}`),
  })

  const isGone = (droneId: string): boolean => holderGone(absences, droneId, holderGoneMs, clock.nowMs())
  /** Vehicles behind one address share our heartbeat: it goes on while one of them has somebody to fly it. */
  function isDeserted(systems: ReadonlySet<number>): boolean {
    const behind = fleet.members().filter(({ session }) => systems.has(session.systemId))
    return behind.length > 0 && behind.every(({ droneId }) => isGone(droneId))
  }
  function beat(): void {
    const alive = operatorAlive({ lastAliveAtMs, policyMs: deadmanMs }, clock.nowMs())
    if (alive !== beating)
      log(alive ? 'heartbeat resumed: the server is back' : 'heartbeat stopped: the server is silent')
    beating = alive
    if (!alive) return
    network.broadcast(encode('HEARTBEAT', OWN_HEARTBEAT, { seq: 0, ...OWN }), (systems) => !isDeserted(systems))
  }
  stops.push(every(clock, HEARTBEAT_MS, beat), every(clock, FLEET_TICK_MS, fleet.tick))

  return {
    local: network.health()[0]?.local ?? '',
    status,
    async close() {
      for (const stop of stops) stop()
      uplink.close()
      await network.close()
    },
  }
}

const OWN_HEARTBEAT = {
  type: MAV_TYPE_GCS,
  autopilot: MAV_AUTOPILOT_INVALID,
  base_mode: 0,
  custom_mode: 0,
  system_status: MAV_STATE_ACTIVE,
}
