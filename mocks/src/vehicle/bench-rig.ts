import type { LngLat } from '@skerry/contract'
import type { EncodeFields, TypedMessage, TypedName } from '@skerry/mavlink-bridge'
import type { Scene } from '../thermal/scene.ts'
import { createDrone, type Drone } from './drone.ts'
import { CMD, type Heard, type Saying } from './mavlink.ts'
import type { AutopilotName } from './modes.ts'

/** A flat, even place for tests: nothing is warm, nothing is hidden. */
export const EMPTY_SCENE: Scene = {
  seed: 1,
  groundAmslM: () => 0,
  groundC: () => 14,
  canopy: () => 0,
  textureK: 0.2,
  things: [],
}
export const TEST_HOME: LngLat = [122.39, 29.9]

/** A drone on a fake clock, and what it said. For tests; the clock starts at 1 000 000 ms. */
export class Rig {
  readonly drone: Drone
  readonly said: Saying[] = []
  nowMs = 1_000_000
  /** Whether the own ground station's heartbeat goes on once a second. */
  heartbeats = true

  constructor(seed = 1, autopilot: AutopilotName = 'ardupilot', systemId = 1) {
    const air = { windFromDeg: 315, windMps: 4, gustMps: 0.7 }
    const place = { autopilot, systemId, home: TEST_HOME, homeAltAmslM: 0, headingDeg: 0 }
    const setup = { ...place, bootMs: 6000, air, groundAmslM: () => 0 }
    this.drone = createDrone(setup, { origin: TEST_HOME, scene: EMPTY_SCENE }, seed, this.nowMs)
  }

  tell<N extends TypedName>(name: N, fields: EncodeFields<N>, from = { sys: 255, comp: 190 }): Saying[] {
    const message = { name, fields } as unknown as TypedMessage<N>
    const answers = this.drone.hears({ ...from, message } as unknown as Heard, this.nowMs)
    this.said.push(...answers)
    return answers
  }

  command(command: number, p: readonly number[] = [], component = 1): Saying[] {
    const at = (i: number): number => p[i] ?? 0
    return this.tell('COMMAND_LONG', {
      target_system: this.drone.vehicle.setup.systemId,
      target_component: component,
      command,
      confirmation: 0,
      param1: at(0),
      param2: at(1),
      param3: at(2),
      param4: at(3),
      param5: at(4),
      param6: at(5),
      param7: at(6),
    })
  }

  /** Result of the COMMAND_ACK that a command brings. */
  result(command: number, p: readonly number[] = [], component = 1): number | undefined {
    const ack = this.command(command, p, component).find((s) => s.name === 'COMMAND_ACK')
    return ack?.name === 'COMMAND_ACK' ? ack.fields.result : undefined
  }

  /** Wall time passes in ticks of 50 ms; the world at `speed` times that. */
  wait(wallMs: number, speed = 1): void {
    for (let left = wallMs; left > 0; left -= 50) {
      this.nowMs += 50
      if (this.heartbeats && this.nowMs % 1000 === 0) this.beat(255)
      this.said.push(...this.drone.tick(this.nowMs, 0.05 * speed))
    }
  }

  beat(sys: number): void {
    const fields = { type: 6, autopilot: 8, base_mode: 0, custom_mode: 0, system_status: 4, mavlink_version: 3 }
    this.tell('HEARTBEAT', fields, { sys, comp: 190 })
  }

  /** Ticks until the condition holds; a plain Error after `limitMs` of wall time. */
  until(condition: () => boolean, limitMs: number, speed = 1): void {
    for (let waited = 0; !condition(); waited += 50) {
      if (waited > limitMs) throw new Error('it never happened')
      this.wait(50, speed)
    }
  }

  texts(): string[] {
    return this.said.flatMap((s) => (s.name === 'STATUSTEXT' ? [s.fields.text] : []))
  }

  of<N extends TypedName>(name: N): EncodeFields<N>[] {
    return this.said.flatMap((s) => (s.name === name ? [s.fields as unknown as EncodeFields<N>] : []))
  }

  /** Uploads a plan as a station does; item 0 is a placeholder for home. Returns the type of the final ack. */
  upload(items: readonly TestItem[], from = { sys: 255, comp: 190 }): number | undefined {
    const to = { target_system: 1, target_component: 1, mission_type: 0 }
    let answers = this.tell('MISSION_COUNT', { ...to, count: items.length, opaque_id: 0 }, from)
    for (let turn = 0; turn < items.length * 2 + 2; turn++) {
      const ack = answers.find((s) => s.name === 'MISSION_ACK')
      if (ack?.name === 'MISSION_ACK') return ack.fields.type
      const asked = answers.find((s) => s.name === 'MISSION_REQUEST' || s.name === 'MISSION_REQUEST_INT')
      if (asked?.name !== 'MISSION_REQUEST' && asked?.name !== 'MISSION_REQUEST_INT') return undefined
      answers = this.sendItem(items[asked.fields.seq]!, asked.fields.seq, from)
    }
    return undefined
  }

  sendItem(item: TestItem, seq: number, from = { sys: 255, comp: 190 }, missionType = 0): Saying[] {
    const [p1, p2, p3, p4] = item.p ?? [0, 0, 0, 0]
    return this.tell(
      'MISSION_ITEM_INT',
      {
        target_system: 1,
        target_component: 1,
        seq,
        frame: item.frame ?? 6,
        command: item.command,
        current: 0,
        autocontinue: 1,
        param1: p1,
        param2: p2,
        param3: p3,
        param4: p4,
        x: Math.round((item.at?.[1] ?? 0) * 1e7),
        y: Math.round((item.at?.[0] ?? 0) * 1e7),
        z: item.heightM ?? 0,
        mission_type: missionType,
      },
      from,
    )
  }

  /** Boots, arms in GUIDED and takes off to a height. */
  takeOff(heightM: number): void {
    this.wait(7000)
    this.command(CMD.DO_SET_MODE, [1, 4])
    this.command(CMD.COMPONENT_ARM_DISARM, [1])
    this.command(CMD.NAV_TAKEOFF, [0, 0, 0, 0, 0, 0, heightM])
    this.until(() => Math.abs(this.drone.vehicle.flight.upM - heightM) < 1, 120_000)
  }
}

export interface TestItem {
  readonly command: number
  readonly at?: LngLat
  readonly heightM?: number
  readonly frame?: number
  readonly p?: readonly [number, number, number, number]
}
