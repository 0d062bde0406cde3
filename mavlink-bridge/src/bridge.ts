import type { BridgeStatus } from '@skerry/contract'
import { openTerrain } from '@skerry/terrain'
import { type Clock, every, systemClock } from './clock.ts'
import type { Settings } from './config.ts'
import { createFaultLog } from './fault-log.ts'
import { openNetwork } from './links/network.ts'
import { createFenceDesk } from './orders/fence-desk.ts'
import { createFlightDesk } from './orders/flight-desk.ts'
import { createPlanDesk } from './orders/plan-desk.ts'
import { givenByOther, type Touch, touchedBy } from './orders/plan-touch.ts'
import { createUpkeepDesk } from './orders/upkeep-desk.ts'
import { footprintNow } from './thermal/footprint.ts'
import { heightAboveGroundM, loadAround } from './thermal/ground-below.ts'
import { registerThermal } from './thermal/registrar.ts'
import { type Absences, absencesOf, holderGone, operatorAlive } from './uplink/deadman.ts'
import { startHeartbeat } from './uplink/heartbeat.ts'
import { createLeases } from './uplink/leases.ts'
import { openUplink } from './uplink/uplink.ts'
import { answerTimesync } from './vehicles/answer-timesync.ts'
import { createFleet } from './vehicles/fleet.ts'
import { OWN } from './vehicles/own.ts'
import { telemetryDelayMs } from './vehicles/telemetry-delay.ts'
import { statusOf } from './vehicles/status.ts'
import { watchMoves } from './vehicles/watch-moves.ts'
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

const FLEET_TICK_MS = 250
const TERRAIN_MS = 2000
const MAV_TYPE_GCS = 6
const MAV_AUTOPILOT_INVALID = 8
const MAV_STATE_ACTIVE = 4

/** Opens the links and the way to the server. Rejects with one line where a link cannot be opened. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { settings, clock = systemClock, log = () => undefined } = options
  const { bridgeId, deadmanMs, holderGoneMs } = settings
  const onFault = createFaultLog(log)
  let lastAliveAtMs: number | null = null
  let absences: Absences = new Map()
  let thermalSeq = 0
  const stops: (() => void)[] = []
  /** What follows one drone's telemetry; it ends with the drone. */
  const followers = new Map<string, (() => void)[]>()
  function stopFollowing(droneId: string): void {
    for (const stop of followers.get(droneId) ?? []) stop()
    followers.delete(droneId)
  }
  const terrain =
    settings.terrainFile === null
      ? null
      : await openTerrain(settings.terrainFile, {
          nowMs: () => clock.nowMs(),
          onFault: (error) => log(`terrain: ${error instanceof Error ? error.message : String(error)}`),
        })
  const network = await openNetwork({
    config: settings.links,
    configFolder: settings.linksFolder,
    dataFolder: settings.dataFolder,
    own: OWN,
    clock,
    log,
    hear: (arrival) => fleet.hear(arrival),
    onPassedOn(sys, frame) {
      const touch = touchedBy(frame)
      if (!touch.plan && !touch.fence) return
      for (const { droneId, session } of fleet.members()) if (session.systemId === sys) noteTouch(droneId, touch)
    },
    isLocked: (sys) => fleet.members().some(({ session, duplicateId }) => duplicateId && session.systemId === sys),
  })
  const fleet = createFleet({
    bridgeId,
    link: network,
    clock,
    onFault,
    onMember(droneId, session) {
      log(`vehicle ${droneId} heard`, { peer: network.remoteOf(session.peer()) })
      stopFollowing(droneId)
      followers.set(droneId, [
        session.watch((_vehicle, { message }) => {
          noteTouch(droneId, givenByOther(message))
        }),
        watchMoves(session, droneId, (move) => uplink.moved(move)),
        answerTimesync(session, clock, () => isOurs(droneId)),
        registerThermal(
          session,
          clock,
          (reading) => uplink.thermal({ ...reading, droneId, seq: ++thermalSeq }),
          terrain,
        ),
      ])
    },
    onMerged(droneId) {
      log(`vehicle ${droneId}: two vehicles speak under its id from one address, orders are locked`)
      desk.endAll(droneId, 'duplicate-system-id')
    },
    onGone(droneId, why) {
      stopFollowing(droneId)
      if (why !== 'replaced') return
      log(`vehicle ${droneId} replaced: another start, or another vehicle, speaks under its id`)
      leases.fence(droneId)
      desk.endAll(droneId, 'vehicle-replaced')
    },
  })
  const leases = createLeases()
  const plans = createPlanDesk({ clock, notify: (notice) => uplink.upload(notice) })
  const fences = createFenceDesk({ clock, notify: (notice) => uplink.fence(notice) })
  const { setsWhileArmed } = settings
  const upkeep = createUpkeepDesk({ clock, plans, setsWhileArmed, notify: (notice) => uplink.upkeep(notice) })
  function noteTouch(droneId: string, { plan, fence }: Touch): void {
    if (plan) plans.touched(droneId)
    if (fence) fences.touched(droneId)
  }
  const desk = createFlightDesk({
    fleet,
    plans,
    fences,
    upkeep,
    clock,
    allows: leases.allows,
    holder: leases.holder,
    terrain,
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
          fence: fences.state(droneId, session),
          upkeep: upkeep.state(droneId, session),
          footprint: footprintNow(session.vehicle(), nowMs, terrain),
          heightAboveGroundM: heightAboveGroundM(session.vehicle(), terrain),
        },
        nowMs,
      )
      const latencyMs = network.latencyMs(session.peer())
      const { lastRefusedAtMs, ...signing } = network.signing(session.systemId)
      const offsetMs = network.clockOffsetMs(session.peer(), session.systemId)
      const delayMs = telemetryDelayMs(session.vehicle(), offsetMs)
      return {
        ...drone,
        link: {
          ...drone.link,
          latencyMs,
          telemetryDelayMs: delayMs,
          signing: { ...signing, lastRefusedAgeMs: lastRefusedAtMs === null ? null : nowMs - lastRefusedAtMs },
          ways: network.ways(session.systemId),
          // By satellite none goes out: nothing was stopped that its failsafe could miss.
          heartbeatStopped: isGone(droneId) && !session.vehicle().highLatency,
        },
      }
    })
    return { atMs: nowMs, links: network.health(), drones, stations: { ...network.stationCounters } }
  }
  /** The server goes by the wall clock: after that was set back, its expiry must not come early here. */
  const onOurClock = (atMs: number): number => atMs + (clock.aheadMs?.() ?? 0)
  const uplink = openUplink({
    url: settings.serverUrl,
    token: settings.token,
    hello: { bridgeId, version: options.version, startedAtMs: clock.nowMs() },
    clock,
    leases,
    handlers: {
      readBack: desk.readBack,
      order: (request) => desk.order({ ...request, expiresAtMs: onOurClock(request.expiresAtMs) }),
      upload: (request) => desk.upload({ ...request, expiresAtMs: onOurClock(request.expiresAtMs) }),
      cancelUpload: desk.cancelUpload,
      fence: (request) => desk.fence({ ...request, expiresAtMs: onOurClock(request.expiresAtMs) }),
      cancelFence: desk.cancelFence,
      upkeep: (request) => desk.upkeep({ ...request, expiresAtMs: onOurClock(request.expiresAtMs) }),
      cancelUpkeep: desk.cancelUpkeep,
    },
    status,
    onLeases: desk.leasesChanged,
    onAlive(absent) {
      lastAliveAtMs = clock.nowMs()
      // A connection that comes and goes brings no holder back: what was told of them holds until it is told anew.
      if (absent !== null) absences = absencesOf(absent, lastAliveAtMs)
    },
    onState: (connected, reason) => log(connected ? 'server connected' : `server away: ${reason}`),
    onFault,
  })

  /** Somebody here holds it, and orders may go to it. */
  function isOurs(droneId: string): boolean {
    const member = fleet.member(droneId)
    if (member === undefined || member.duplicateId || leases.holder(droneId) === null) return false
    return network.signing(member.session.systemId).state !== 'read-only'
  }
  const isGone = (droneId: string): boolean => holderGone(absences, droneId, holderGoneMs, clock.nowMs())
  /** Vehicles behind one address share our heartbeat: it goes on while one of them has somebody to fly it. */
  function isAttended(systems: ReadonlySet<number>): boolean {
    const behind = fleet.members().filter(({ session }) => systems.has(session.systemId))
    return behind.length === 0 || !behind.every(({ droneId }) => isGone(droneId))
  }
  /** Terrain is read ahead of what is laid on it: views and heights are asked for far more often than tiles change. */
  function readTerrain(): void {
    if (terrain === null) return
    for (const { session } of fleet.members()) {
      loadAround(session.vehicle(), terrain).catch((error: unknown) => onFault('terrain', error))
    }
  }
  stops.push(every(clock, TERRAIN_MS, readTerrain))
  const heartbeat = startHeartbeat({
    clock,
    isAlive: () => operatorAlive({ lastAliveAtMs, policyMs: deadmanMs }, clock.nowMs()),
    send: (to) => network.broadcast(encode('HEARTBEAT', OWN_HEARTBEAT, { seq: 0, ...OWN }), isAttended, to),
    onChange: (beating) =>
      log(beating ? 'heartbeat goes out: the server is there' : 'heartbeat stopped: the server is silent'),
  })
  stops.push(heartbeat, every(clock, FLEET_TICK_MS, fleet.tick))

  return {
    local: network.health()[0]?.local ?? '',
    status,
    async close() {
      for (const stop of stops) stop()
      for (const droneId of followers.keys()) stopFollowing(droneId)
      uplink.close()
      await network.close()
      await terrain?.close()
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
