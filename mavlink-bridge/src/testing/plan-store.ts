import type { Clock } from '../clock.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { type DecodedMessage, isMessage, type TypedName } from '../wire/decode.ts'
import type { EncodeFields } from '../wire/encode.ts'

type Say = <N extends TypedName>(name: N, fields: EncodeFields<N>) => void

const INVALID_SEQUENCE = 13
const ERROR = 1
const DENIED = 14
const GCS = { target_system: 255, target_component: 190, mission_type: 0 }

/**
 * The plan side of an autopilot, in the manner of ArduPilot (old requests, changes in place, INVALID_SEQUENCE for a
 * second copy, ERROR once done, home is item 0) or of PX4 (new requests, atomic, repeats its ack).
 */
export class PlanStore {
  items: MissionItem[] = []
  private readonly manner: 'ardupilot' | 'px4'
  private readonly clock: Clock
  private readonly say: Say
  private incoming: { count: number; next: number; items: MissionItem[]; heardAtMs: number } | null = null
  private disarm = (): void => undefined

  constructor(manner: 'ardupilot' | 'px4', clock: Clock, say: Say) {
    this.manner = manner
    this.clock = clock
    this.say = say
  }

  hear(message: DecodedMessage): void {
    if (isMessage(message, 'MISSION_COUNT')) this.count(message.fields.count)
    else if (isMessage(message, 'MISSION_ITEM_INT')) {
      const { target_system: _s, target_component: _c, mission_type: _t, ...item } = message.fields
      this.item(item)
    } else if (isMessage(message, 'MISSION_REQUEST_LIST')) {
      if (this.incoming !== null) this.ack(DENIED)
      else this.say('MISSION_COUNT', { ...GCS, count: this.items.length, opaque_id: this.manner === 'px4' ? 77 : 0 })
    } else if (isMessage(message, 'MISSION_REQUEST_INT')) {
      const item = this.items[message.fields.seq]
      if (item !== undefined) this.say('MISSION_ITEM_INT', { ...GCS, ...item, seq: message.fields.seq })
    }
  }

  private count(count: number): void {
    this.incoming = { count, next: 0, items: [], heardAtMs: this.clock.nowMs() }
    if (this.manner === 'ardupilot') this.items = this.items.slice(0, count)
    this.ask()
  }
  private item(item: MissionItem): void {
    const { incoming } = this
    if (incoming === null) {
      if (this.manner === 'ardupilot') this.ack(ERROR)
      else if (item.seq === this.items.length - 1) this.ack(0)
      return
    }
    incoming.heardAtMs = this.clock.nowMs()
    if (item.seq !== incoming.next) {
      if (this.manner === 'ardupilot') this.ack(INVALID_SEQUENCE)
      return
    }
    const stored = this.stored(item)
    incoming.items.push(stored)
    if (this.manner === 'ardupilot') this.items[item.seq] = stored
    incoming.next++
    if (incoming.next < incoming.count) return this.ask()
    this.disarm()
    this.incoming = null
    this.items = incoming.items
    this.ack(0)
  }
  /** What storage leaves of an item: ArduPilot answers with the older frames, in centimetres, a copter without radii. */
  private stored(item: MissionItem): MissionItem {
    if (this.manner === 'px4') return item
    const placed = item.command === 16 || item.command === 22
    const frame = item.frame === 6 ? 3 : item.frame === 2 ? 0 : item.frame
    const param2 = item.command === 16 ? 0 : item.param2
    return { ...item, param2, frame, z: placed ? Math.fround(Math.round(item.z * 100) / 100) : 0, current: 0 }
  }
  private ask(): void {
    const { incoming, manner } = this
    if (incoming === null) return
    const [patienceMs, againMs] = manner === 'px4' ? [5000, 250] : [8000, 1000]
    if (this.clock.nowMs() - incoming.heardAtMs >= patienceMs) {
      this.incoming = null
      return
    }
    const old = manner === 'ardupilot' || incoming.next === 0
    this.say(old ? 'MISSION_REQUEST' : 'MISSION_REQUEST_INT', { ...GCS, seq: incoming.next })
    this.disarm()
    this.disarm = this.clock.after(againMs, () => this.ask())
  }
  private ack(type: number): void {
    this.say('MISSION_ACK', { ...GCS, type, opaque_id: 0 })
  }
}
