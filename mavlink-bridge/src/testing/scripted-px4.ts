import { createSession, type Session } from '../vehicles/session.ts'
import { type DecodedMessage, isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { px4Mode } from '../vehicles/modes.ts'
import { createSequence } from '../wire/sequence.ts'
import type { FakeClock } from './fake-clock.ts'
import { fakeLink } from './fake-link.ts'
import { heartbeat } from './vehicles.ts'

const SUB_MODE = { takeoff: 2, hold: 3, mission: 4, return: 5, land: 6 } as const
type Word = keyof typeof SUB_MODE

/** A PX4 multicopter without physics: its manners towards commands only, on a simulated clock, beating once a second. */
export class ScriptedPx4 {
  readonly session: Session
  readonly heard: DecodedMessage[] = []
  readonly commands: { command: number; params: number[] }[] = []
  mode: Word = 'hold'
  armed = false
  inAir = false
  ready = true
  deaf = false
  current = 0
  private readonly nextSeq = createSequence()
  private readonly clock: FakeClock
  private readonly link = fakeLink(({ message }) => {
    if (this.deaf) return
    this.heard.push(message)
    if (isMessage(message, 'MISSION_SET_CURRENT')) this.current = message.fields.seq
    if (!isMessage(message, 'COMMAND_LONG')) return
    const { command, param1, param2, param3, param4, param5, param6, param7 } = message.fields
    this.commands.push({ command, params: [param1, param2, param3, param4, param5, param6, param7] })
    this.ack(command, this.obey(command, param1, param2, param3))
  })

  constructor(clock: FakeClock) {
    this.clock = clock
    this.session = createSession(this.link, clock, this.arrival('HEARTBEAT', this.beat()))
    this.tell()
  }
  async live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds; i++) {
      await this.clock.advance(1000)
      this.tell()
    }
  }
  say<N extends TypedName>(name: N, fields: EncodeFields<N>): void {
    this.session.take(this.arrival(name, fields))
  }

  private ack(command: number, result: number): void {
    this.say('COMMAND_ACK', { command, result, target_system: 255, target_component: 190 })
  }
  /** Result of a command, as PX4 gives it. */
  private obey(command: number, p1: number, p2: number, p3: number): number {
    switch (command) {
      case 300: // MISSION_START
        if (!Number.isFinite(p1) || p1 < -1) return 2
        if (!this.ready) {
          this.say('STATUSTEXT', { severity: 2, text: 'Preflight Fail: heading estimate invalid\t' })
          return 1
        }
        this.armed = true
        this.mode = 'mission'
        return 0
      case 20:
        this.mode = 'return'
        return 0
      case 21:
        this.mode = 'land'
        return 0
      case 176: {
        const found = Object.entries(SUB_MODE).find(([, sub]) => sub === p3)?.[0] as Word | undefined
        if (p1 !== 1 || p2 !== 4 || found === undefined) return 2
        this.mode = found
        return 0
      }
      default:
        return 3
    }
  }
  private beat() {
    return heartbeat(px4Mode(4, SUB_MODE[this.mode]), { autopilot: 12, armed: this.armed })
  }
  private tell(): void {
    this.say('HEARTBEAT', this.beat())
    this.say('EXTENDED_SYS_STATE', { vtol_state: 0, landed_state: this.inAir ? 2 : 1 })
    this.say('MISSION_CURRENT', { seq: this.current, total: 8 })
  }
  private arrival<N extends TypedName>(name: N, fields: EncodeFields<N>) {
    const [frame] = framesOfDatagram(encode(name, fields, { seq: this.nextSeq(), sys: 1, comp: 1 }))
    if (frame === undefined) throw new Error(`${name} did not survive the codec`)
    return { peer: 'px4', frame, atMs: this.clock.nowMs() }
  }
}
