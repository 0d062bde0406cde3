import type { Clock } from '../clock.ts'
import { commandPolicy, isUnsupportedResult } from '../exchanges/command.ts'
import { type CommandDesk, createCommandDesk } from '../exchanges/command-desk.ts'
import type { Heard, VehiclePort } from '../exchanges/vehicle-port.ts'
import type { Arrival, Link, PeerKey } from '../links/link.ts'
import { decode, isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { decodeParam, paramBytes, type ParamEncoding, paramEncodingOf } from '../wire/param-value.ts'
import { createStatusTextJoiner, type StatusText } from '../wire/status-text.ts'
import { createEventDesk } from './event-desk.ts'
import { observe, observeText } from './observe.ts'
import { observeNoParam, observeParam } from './observe-param.ts'
import { declined, newAsking, nextQuestion, type Question } from './questions.ts'
import { answered, newStreamKeeper, nextAsk, reported } from './stream-keeper.ts'
import { newVehicle, type Vehicle } from './vehicle.ts'
import { slowdownFor, type WantedStream } from './wanted-streams.ts'

/** Our name on the links: one ground station id for the command centre, and the component of a mission planner. */
export const OWN = { sys: 255, comp: 190 } as const

const GET_MESSAGE_INTERVAL = 510
const SET_MESSAGE_INTERVAL = 511
const REQUEST_MESSAGE = 512
const MAV_TYPE_CAMERA = 30
/** PARAM_ERROR.error */
const PARAM_DOES_NOT_EXIST = 1
const NOTED_EVERY_MS = 250
const QUERY_EXPIRES_MS = 10_000
/** REQUEST_DATA_STREAM ids with rates, Hz, for autopilots from before SET_MESSAGE_INTERVAL. */
const DATA_STREAMS = [
  [1, 2],
  [2, 2],
  [6, 5],
  [10, 5],
  [11, 2],
  [12, 2],
] as const

/** One vehicle under one address: what is known of it, and the means to talk to it. */
export interface Session {
  readonly systemId: number
  readonly port: VehiclePort
  readonly desk: CommandDesk
  peer(): PeerKey
  vehicle(): Vehicle
  lastHeardAtMs(): number
  lossShare(): number | null
  /**
   * The vehicle's address changed.
   * @param as what was heard there, when it cannot be shown to be the same flight: what was known before is dropped
   */
  moveTo(peer: PeerKey, as?: Vehicle): void
  take(arrival: Arrival): void
  /** Asks for what is missing; called a few times a second. */
  ask(): void
  watch(seen: (vehicle: Vehicle, heard: Heard) => void): () => void
  texts(said: (text: string) => void): () => void
}

export function createSession(link: Link, clock: Clock, arrival: Arrival): Session {
  const systemId = arrival.frame.sys
  let peer = arrival.peer
  let vehicle = newVehicle(systemId, arrival.frame.comp, arrival.atMs)
  let lastHeardAtMs = arrival.atMs
  const listeners = new Set<(heard: Heard) => void>()
  const watchers = new Set<(vehicle: Vehicle, heard: Heard) => void>()
  const textListeners = new Set<(text: string) => void>()
  const joiner = createStatusTextJoiner()
  const cameraComps = new Set<number>()
  /** Components heard from another address than the autopilot's. */
  const routes = new Map<number, PeerKey>()
  let streams = newStreamKeeper(0)
  let asking = newAsking(0)
  let streamBusy = false
  let questionBusy = false

  const port: VehiclePort = {
    systemId,
    own: OWN,
    send<N extends TypedName>(name: N, fields: EncodeFields<N>) {
      const target = (fields as { readonly target_component?: number }).target_component
      const to = (target === undefined ? undefined : routes.get(target)) ?? peer
      // The link gives it its sequence number when it leaves.
      link.send(to, encode(name, fields, { seq: 0, ...OWN }))
    },
    listen: (hear) => subscribe(listeners, hear),
  }
  const desk = createCommandDesk(port, clock)
  const events = createEventDesk(port)

  function take({ peer: from, frame, atMs }: Arrival): void {
    lastHeardAtMs = atMs
    if (from !== peer) routes.set(frame.comp, from)
    const message = decode(frame)
    const before = vehicle
    vehicle = observe(vehicle, message, atMs, frame.comp)
    // A fresh map now and then: streams are judged in seconds, not per frame.
    if (atMs - (vehicle.heardAtMs.get(frame.id) ?? 0) > NOTED_EVERY_MS)
      vehicle = { ...vehicle, heardAtMs: new Map(vehicle.heardAtMs).set(frame.id, atMs) }
    if (isMessage(message, 'HEARTBEAT') && message.fields.type === MAV_TYPE_CAMERA) cameraComps.add(frame.comp)
    if (isMessage(message, 'PARAM_VALUE')) {
      const value = decodeParam(paramBytes(frame), message.fields.param_type, encodingOf(vehicle))
      if (value !== undefined) vehicle = observeParam(vehicle, message.fields.param_id, value)
    } else if (isMessage(message, 'PARAM_ERROR') && message.fields.error === PARAM_DOES_NOT_EXIST)
      vehicle = observeNoParam(vehicle, message.fields.param_id)
    else if (isMessage(message, 'MESSAGE_INTERVAL') && frame.comp === vehicle.autopilotComp)
      streams = reported(streams, vehicle, message.fields.message_id, message.fields.interval_us)
    vehicle = events.take(vehicle, message, frame.comp, atMs)
    if (vehicle.reboots !== before.reboots) {
      desk.reset()
      events.reset()
    }
    const heard = { comp: frame.comp, message, atMs, frame }
    for (const text of joiner.push(frame, atMs)) say(text, atMs)
    tell(listeners, heard)
    for (const seen of snapshot(watchers)) seen(vehicle, heard)
  }
  function say({ comp, severity, text }: StatusText, atMs: number): void {
    if (comp !== vehicle.autopilotComp) return
    vehicle = observeText(vehicle, severity, text, atMs)
    if (severity <= 5) tell(textListeners, text.trim())
  }

  function askStreams(): void {
    if (streamBusy) return
    const load = link.load?.(peer)
    if (load !== undefined) streams = { ...streams, slowdown: slowdownFor(vehicle, load.bytesPerS, load.vehicles) }
    const [keeper, step] = nextAsk(streams, vehicle, clock.nowMs())
    streams = keeper
    if (step.ask === 'interval') void askInterval(step.stream)
    else if (step.ask === 'reading')
      void query(step.stream.comp, GET_MESSAGE_INTERVAL, [step.stream.id, 0, 0, 0, 0, 0, 0])
    else if (step.ask === 'data-streams') {
      const target = { target_system: systemId, target_component: vehicle.autopilotComp, start_stop: 1 }
      for (const [req_stream_id, req_message_rate] of DATA_STREAMS)
        port.send('REQUEST_DATA_STREAM', { ...target, req_stream_id, req_message_rate })
    }
  }
  async function askInterval(stream: WantedStream): Promise<void> {
    streamBusy = true
    const { id, comp, periodMs, streamId, cameraDeviceId } = stream
    const outcome = await query(comp, SET_MESSAGE_INTERVAL, [id, periodMs * 1000, streamId, cameraDeviceId, 0, 0, 0])
    streamBusy = false
    streams = answered(streams, stream, outcome, clock.nowMs())
    if (outcome !== 'silent') askStreams()
  }
  async function askQuestion(question: Question): Promise<void> {
    if (question.ask === 'param') {
      const target = { target_system: systemId, target_component: vehicle.autopilotComp }
      port.send('PARAM_REQUEST_READ', { ...target, param_id: question.name, param_index: -1 })
      return
    }
    questionBusy = true
    const outcome = await query(question.comp, REQUEST_MESSAGE, [question.messageId, question.param2, 0, 0, 0, 0, 0])
    questionBusy = false
    if (outcome === 'refused') asking = declined(asking, question, clock.nowMs())
  }
  async function query(
    comp: number,
    command: number,
    params: readonly [number, number, number, number, number, number, number],
  ): Promise<'accepted' | 'refused' | 'silent'> {
    const expiresAtMs = clock.nowMs() + QUERY_EXPIRES_MS
    const policy = commandPolicy('query', desk.rttMs())
    const outcome = await desk.run({ spec: { comp, command, params }, policy, expiresAtMs }).ended
    if (outcome.ok) return 'accepted'
    return outcome.error.kind === 'refused' && isUnsupportedResult(outcome.error.result) ? 'refused' : 'silent'
  }

  return {
    systemId,
    port,
    desk,
    peer: () => peer,
    vehicle: () => vehicle,
    lastHeardAtMs: () => lastHeardAtMs,
    lossShare: () => link.lossShare(peer, systemId, vehicle.autopilotComp),
    moveTo(to, as) {
      peer = to
      routes.clear()
      lastHeardAtMs = clock.nowMs()
      if (as === undefined) return
      vehicle = { ...as, reboots: vehicle.reboots + 1 }
      desk.reset()
    },
    take,
    ask() {
      const nowMs = clock.nowMs()
      for (const text of joiner.flush(nowMs)) say(text, nowMs)
      vehicle = events.tick(vehicle, nowMs)
      askStreams()
      if (questionBusy || nowMs < streams.quietUntilMs) return
      const [next, question] = nextQuestion(asking, vehicle, cameraComps, nowMs)
      asking = next
      if (question !== null) void askQuestion(question)
    },
    watch: (seen) => subscribe(watchers, seen),
    texts: (said) => subscribe(textListeners, said),
  }
}

/** By the vehicle's own word; before it gave it, by what its kind of autopilot always does. */
export const encodingOf = (vehicle: Vehicle): ParamEncoding =>
  paramEncodingOf(vehicle.capabilities ?? 0n) ?? (vehicle.autopilot === 'px4' ? 'bytewise' : 'c_cast')

function subscribe<T>(to: Set<T>, listener: T): () => void {
  to.add(listener)
  return () => to.delete(listener)
}

/** Those who listened when the frame came in: who begins to listen because of it must not hear it as an answer. */
const snapshot = <T>(listeners: ReadonlySet<T>): readonly T[] => Array.from(listeners)
const tell = <T>(listeners: ReadonlySet<(value: T) => void>, value: T): void => {
  for (const listener of snapshot(listeners)) listener(value)
}
