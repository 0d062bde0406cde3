import { createSocket, type Socket } from 'node:dgram'
import { systemClock } from '../clock.ts'
import { type DecodedMessage, decode, isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import { PlanStore } from './plan-store.ts'
import { heartbeat } from './vehicles.ts'

/** An ArduCopter on a real UDP socket that does what it is told at once; no physics, its manners only. */
export class ScriptedCopter {
  readonly heard: DecodedMessage[] = []
  mode = 0
  armed = false
  heightM = 0
  /** Answer to arming; text with it. */
  armResult = { result: 0, text: '' }
  /** It hears nothing of plans. */
  silentToPlans = false
  private readonly socket: Socket
  private readonly to: { host: string; port: number }
  private readonly nextSeq = createSequence()
  private readonly sys: number
  private readonly startedAtMs = Date.now()
  readonly plan: PlanStore
  private timer: NodeJS.Timeout | null = null

  constructor(sys: number, to: { host: string; port: number }) {
    this.sys = sys
    this.to = to
    this.socket = createSocket('udp4')
    this.plan = new PlanStore('ardupilot', systemClock, (name, fields) => this.say(name, fields))
    this.socket.on('message', (bytes) => {
      for (const frame of framesOfDatagram(bytes)) this.hear(decode(frame))
    })
  }

  start(periodMs = 100): void {
    this.tell()
    this.timer = setInterval(() => this.tell(), periodMs)
  }
  /** Silent, as after a crash or out of range. */
  pause(): void {
    if (this.timer !== null) clearInterval(this.timer)
    this.timer = null
  }
  stop(): void {
    this.pause()
    this.socket.close()
  }
  say<N extends TypedName>(name: N, fields: EncodeFields<N>): void {
    this.raw(encode(name, fields, { seq: this.nextSeq(), sys: this.sys, comp: 1 }))
  }
  raw(bytes: Uint8Array): void {
    this.socket.send(bytes, this.to.port, this.to.host, () => undefined)
  }
  commands(): number[] {
    return this.heard.flatMap((message) => (isMessage(message, 'COMMAND_LONG') ? [message.fields.command] : []))
  }

  private tell(): void {
    const { mode, armed, heightM } = this
    this.say('HEARTBEAT', heartbeat(mode, { armed, status: heightM > 0.5 ? 4 : 3 }))
    this.say('GLOBAL_POSITION_INT', {
      time_boot_ms: Date.now() - this.startedAtMs,
      lat: 299_000_000,
      lon: 1_223_900_000,
      alt: 20_000 + heightM * 1000,
      relative_alt: heightM * 1000,
      vx: 0,
      vy: 0,
      vz: 0,
      hdg: 9000,
    })
  }
  private hear(message: DecodedMessage): void {
    this.heard.push(message)
    if (!this.silentToPlans) this.plan.hear(message)
    if (isMessage(message, 'COMMAND_LONG')) this.obey(message.fields)
  }
  private obey({
    command,
    param1,
    param2,
    param7,
  }: {
    command: number
    param1: number
    param2: number
    param7: number
  }) {
    let result = 0
    if (command === 176) this.mode = param2
    else if (command === 400 && param1 === 1) {
      result = this.armResult.result
      this.armed = result === 0
      if (this.armResult.text !== '') this.say('STATUSTEXT', { severity: 2, text: this.armResult.text })
    } else if (command === 22) this.heightM = param7
    else if (command === 300) this.mode = 3
    else if (command === 20) this.mode = 6
    else if (command === 21) this.mode = 9
    else if (command === 512) result = 4
    const target = { target_system: 255, target_component: 190 }
    this.say('COMMAND_ACK', { command, result, progress: 255, result_param2: 0, ...target })
    this.tell()
  }
}
