import type { BridgeStatus } from '@skerry/contract'
import { type Clock, every, systemClock } from './clock.ts'
import type { Settings } from './config.ts'
import { openUdpLink } from './links/udp-link.ts'
import { createFlightDesk } from './orders/flight-desk.ts'
import { createPlanDesk } from './orders/plan-desk.ts'
import { footprintNow } from './thermal/footprint.ts'
import { registerThermal } from './thermal/registrar.ts'
import { operatorAlive } from './uplink/deadman.ts'
import { createLeases } from './uplink/leases.ts'
import { openUplink } from './uplink/uplink.ts'
import { createFleet } from './vehicles/fleet.ts'
import { OWN } from './vehicles/session.ts'
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
  /** The UDP address that is really open (port 0 lets the system choose). */
  readonly local: string
  status(): BridgeStatus
  close(): Promise<void>
}

const HEARTBEAT_MS = 1000
const FLEET_TICK_MS = 250
const MAV_TYPE_GCS = 6
const MAV_AUTOPILOT_INVALID = 8
const MAV_STATE_ACTIVE = 4

/** Opens the links and the way to the server. Rejects where the UDP port cannot be opened. */
export async function startBridge(options: BridgeOptions): Promise<Bridge> {
  const { settings, clock = systemClock, log = () => undefined } = options
  const { bridgeId, deadmanMs } = settings
  let lastAliveAtMs = clock.nowMs()
  let beating = true
  let thermalSeq = 0
  const stops: (() => void)[] = []
  const link = await openUdpLink({ listen: settings.udp, clock, hear: (arrival) => fleet.hear(arrival) })
  const fleet = createFleet({
    bridgeId,
    link,
    clock,
    onMember(droneId, session) {
      log(`vehicle ${droneId} heard`, { peer: session.peer() })
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
    notify: (notice) => uplink.command(notice),
  })

  const status = (): BridgeStatus => {
    const nowMs = clock.nowMs()
    const drones = fleet.members().map(({ droneId, session, duplicateId }) =>
      statusOf(
        session.vehicle(),
        {
          droneId,
          remote: session.peer(),
          lossShare: session.lossShare(),
          duplicateId,
          plan: plans.state(droneId, session),
          footprint: footprintNow(session.vehicle(), nowMs),
        },
        nowMs,
      ),
    )
    return { atMs: nowMs, links: [link.health()], drones }
  }
  const uplink = openUplink({
    url: settings.serverUrl,
    token: settings.token,
    hello: { bridgeId, version: options.version, startedAtMs: clock.nowMs() },
    clock,
    leases,
    handlers: desk,
    status,
    onAlive: () => (lastAliveAtMs = clock.nowMs()),
    onState: (connected, reason) => log(connected ? 'server connected' : `server away: ${reason}`),
  })

  function beat(): void {
    const alive = operatorAlive({ lastAliveAtMs, policyMs: deadmanMs }, clock.nowMs())
    if (alive !== beating)
      log(alive ? 'heartbeat resumed: the server is back' : 'heartbeat stopped: the server is silent')
    beating = alive
    if (!alive) return
    for (const peer of link.peers()) link.send(peer, (seq) => encode('HEARTBEAT', OWN_HEARTBEAT, { seq, ...OWN }))
  }
  stops.push(every(clock, HEARTBEAT_MS, beat), every(clock, FLEET_TICK_MS, fleet.tick))

  return {
    local: link.health().local,
    status,
    async close() {
      for (const stop of stops) stop()
      uplink.close()
      await link.close()
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
