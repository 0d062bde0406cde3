import type { Clock } from '../clock.ts'
import type { NoteFault } from '../fault-log.ts'
import { commandPolicy, isUnsupportedResult } from '../exchanges/command.ts'
import { type CommandDesk, createCommandDesk } from '../exchanges/command-desk.ts'
import { askExtParam, extParamOf } from '../exchanges/ext-params.ts'
import type { Heard, VehiclePort } from '../exchanges/vehicle-port.ts'
import { type Arrival, type Link, type PeerKey, WAYS_PEER } from '../links/link.ts'
import { decode, isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { decodeParam, paramBytes, type ParamEncoding, paramEncodingOf } from '../wire/param-value.ts'
import { createStatusTextJoiner, type StatusText } from '../wire/status-text.ts'
import { observeCameraParam, observeExtParam, withDefinition } from './camera-settings.ts'
import { createDefinitionDesk } from './definition-desk.ts'
import { createEventDesk } from './event-desk.ts'
import { linkState } from './link-state.ts'
import { newMergeWatch, watchMerge } from './merged.ts'
import { observe, observeText } from './observe.ts'
import { doubtParam, observeNoParam, observeParam } from './observe-param.ts'
import { ALL_COMPONENTS, declined, newAsking, nextQuestion, type Question } from './questions.ts'
import { answered, newStreamKeeper, nextAsk, reported } from './stream-keeper.ts'
import { controlAsked } from './operator-control.ts'
import { OWN } from './own.ts'
import { heardKey, newVehicle, type Vehicle } from './vehicle.ts'
import { slowdownFor, type WantedStream } from './wanted-streams.ts'

const GET_MESSAGE_INTERVAL = 510
const SET_MESSAGE_INTERVAL = 511
const REQUEST_MESSAGE = 512
const AUTOPILOT_VERSION = 148
/** MAV_TYPE of what may have a camera or manage a gimbal: onboard controller, gimbal, camera. */
const EQUIPMENT: ReadonlySet<number> = new Set([18, 26, 30])
/** PARAM_ERROR.error */
const PARAM_DOES_NOT_EXIST = 1
const IDENTIFY_EVERY_MS = 1000
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
  /** Two vehicles speak under this id from this one address: they cannot be told apart, nor ordered one by one. */
  isMerged(): boolean
  /** The same flight goes on under another address. */
  moveTo(peer: PeerKey): void
  /** It takes the place of another session under one name: whatever was noted of that one holds no more. */
  follow(before: Session): void
  /** That parameter may have been set, and nobody knows what it holds. */
  doubtParam(name: string): void
  /** Asks which autopilot this is: once a second at most, for an address that is being judged. */
  identify(): void
  take(arrival: Arrival): void
  /** Asks for what is missing; called a few times a second. */
  ask(): void
  watch(seen: (vehicle: Vehicle, heard: Heard) => void): () => void
  texts(said: (text: string) => void): () => void
  /** How many listen to it now, exchanges and followers together: what is left over when nothing is under way is a leak. */
  listening(): number
}

/** @param note hears of faults of ours that ended one exchange */
export function createSession(link: Link, clock: Clock, arrival: Arrival, note: NoteFault = () => undefined): Session {
  const systemId = arrival.frame.sys
  const fault = (error: unknown): void => note(`vehicle ${systemId}`, error)
  let peer = arrival.peer
  let vehicle = newVehicle(systemId, arrival.frame.comp, arrival.atMs)
  let lastHeardAtMs = arrival.atMs
  const listeners = createListeners<(heard: Heard) => void>()
  const watchers = createListeners<(vehicle: Vehicle, heard: Heard) => void>()
  const textListeners = createListeners<(text: string) => void>()
  const joiner = createStatusTextJoiner()
  /** MAV_TYPE of each component that beats beside the autopilot. */
  const equipment = new Map<number, number>()
  /** Components heard from another address than the autopilot's. */
  const routes = new Map<number, PeerKey>()
  /** The map in `vehicle.heardAtMs`, kept in place: a copy of it for each frame would cost more than the frame. */
  let heardAtMs = new Map<number, number>()
  let streams = newStreamKeeper(0)
  let asking = newAsking(0)
  let merge = newMergeWatch()
  let identifiedAtMs = -Infinity
  let streamBusy = false
  let questionBusy = false

  const port: VehiclePort = {
    systemId,
    own: OWN,
    otherWays: () => link.otherWays?.(peer) ?? 0,
    send<N extends TypedName>(name: N, fields: EncodeFields<N>, turn = 0) {
      const target = (fields as { readonly target_component?: number }).target_component
      const bytes = encodedOr(fault, name, fields)
      if (bytes instanceof Error) return bytes
      const to = target === ALL_COMPONENTS ? new Set([peer, ...routes.values()]) : [routes.get(target ?? -1) ?? peer]
      // The link gives it its sequence number when it leaves.
      for (const one of to) link.send(one, bytes, turn)
      return null
    },
    listen: listeners.add,
  }
  const desk = createCommandDesk(port, clock)
  const events = createEventDesk(port)
  const definitions = createDefinitionDesk(port, clock, desk.rttMs, fault)

  function take({ peer: from, frame, atMs }: Arrival): void {
    lastHeardAtMs = atMs
    if (from !== peer) routes.set(frame.comp, from)
    const message = decode(frame)
    const before = vehicle
    vehicle = observe(vehicle, message, atMs, frame.comp)
    noteHeard(frame.id, frame.comp, atMs)
    if (isMessage(message, 'HEARTBEAT') && EQUIPMENT.has(message.fields.type) && frame.comp !== vehicle.autopilotComp)
      equipment.set(frame.comp, message.fields.type)
    // Gimbals, cameras and companions have parameters too, some under the same names: only the autopilot's guard the flight.
    const ofAutopilot = frame.comp === vehicle.autopilotComp
    if (ofAutopilot && isMessage(message, 'PARAM_VALUE')) {
      const value = decodeParam(paramBytes(frame), message.fields.param_type, encodingOf(vehicle))
      if (value !== undefined) {
        vehicle = observeParam(vehicle, message.fields.param_id, value)
        vehicle = observeCameraParam(vehicle, message.fields.param_id, value, atMs)
      }
    } else if (ofAutopilot && isMessage(message, 'PARAM_ERROR') && message.fields.error === PARAM_DOES_NOT_EXIST)
      vehicle = observeNoParam(vehicle, message.fields.param_id)
    else if (ofAutopilot && isMessage(message, 'MESSAGE_INTERVAL'))
      streams = reported(streams, vehicle, message.fields.message_id, message.fields.interval_us)
    const ext = extParamOf({ comp: frame.comp, message, atMs, frame })
    if (ext !== null) vehicle = observeExtParam(vehicle, frame.comp, ext, atMs)
    if (isMessage(message, 'COMMAND_LONG')) hearCommand(message.fields, frame.comp, atMs)
    vehicle = events.take(vehicle, message, frame.comp, atMs)
    if (vehicle.reboots !== before.reboots) {
      desk.reset()
      events.reset()
    }
    if (from === peer && ofAutopilot)
      merge = watchMerge(merge, {
        frame,
        message,
        atMs,
        before,
        after: vehicle,
        numbered: !peer.startsWith(WAYS_PEER),
      })
    const heard = { comp: frame.comp, message, atMs, frame }
    for (const text of joiner.push(frame, atMs)) say(text, atMs)
    for (const hear of listeners.now()) hear(heard)
    for (const seen of watchers.now()) seen(vehicle, heard)
  }
  function noteHeard(id: number, comp: number, atMs: number): void {
    // A restart begins with a map of its own: what was asked for is forgotten.
    if (vehicle.heardAtMs !== heardAtMs) {
      heardAtMs = new Map(vehicle.heardAtMs)
      vehicle = { ...vehicle, heardAtMs }
    }
    heardAtMs.set(id, atMs).set(heardKey(comp, id), atMs)
  }
  /** Of what a vehicle may ask of a station only operator control is known; it wants an answer, or asks again. */
  function hearCommand(fields: Parameters<typeof controlAsked>[0], comp: number, atMs: number): void {
    const heard = controlAsked(fields, atMs)
    if (heard === null) return
    if (heard.asked !== null) vehicle = { ...vehicle, controlAsked: heard.asked }
    const answer = { command: fields.command, result: 0, progress: 0, result_param2: 0 }
    port.send('COMMAND_ACK', { ...answer, target_system: systemId, target_component: comp })
  }
  function say({ comp, severity, text }: StatusText, atMs: number): void {
    if (comp !== vehicle.autopilotComp) return
    vehicle = observeText(vehicle, severity, text, atMs)
    if (severity <= 5) for (const said of textListeners.now()) said(text.trim())
  }

  function askStreams(): void {
    if (streamBusy) return
    const load = link.load?.(peer)
    if (load !== undefined) streams = { ...streams, slowdown: slowdownFor(vehicle, load.bytesPerS, load.vehicles) }
    const [keeper, step] = nextAsk(streams, vehicle, clock.nowMs())
    streams = keeper
    if (step.ask === 'interval') askInterval(step.stream).catch(fault)
    else if (step.ask === 'reading')
      query(step.stream.comp, GET_MESSAGE_INTERVAL, [step.stream.id, 0, 0, 0, 0, 0, 0]).catch(fault)
    else if (step.ask === 'data-streams') {
      const target = { target_system: systemId, target_component: vehicle.autopilotComp, start_stop: 1 }
      for (const [req_stream_id, req_message_rate] of DATA_STREAMS)
        port.send('REQUEST_DATA_STREAM', { ...target, req_stream_id, req_message_rate })
    }
  }
  async function askInterval(stream: WantedStream): Promise<void> {
    streamBusy = true
    const { id, comp, periodMs, streamId, cameraDeviceId } = stream
    const params = [id, periodMs * 1000, streamId, cameraDeviceId, 0, 0, 0] as const
    const outcome = await query(comp, SET_MESSAGE_INTERVAL, params).finally(() => (streamBusy = false))
    streams = answered(streams, stream, outcome, clock.nowMs())
    if (outcome !== 'silent') askStreams()
  }
  async function askQuestion(question: Question): Promise<void> {
    if (question.ask === 'param') {
      const target = { target_system: systemId, target_component: vehicle.autopilotComp }
      port.send('PARAM_REQUEST_READ', { ...target, param_id: question.name, param_index: -1 })
      return
    }
    if (question.ask === 'ext-param') {
      askExtParam(port, question.comp, question.name)
      return
    }
    questionBusy = true
    const { comp, messageId, param2, param3 } = question
    const params = [messageId, param2, param3, 0, 0, 0, 0] as const
    const asked = comp === ALL_COMPONENTS ? askAll(params) : query(comp, REQUEST_MESSAGE, params)
    const outcome = await asked.finally(() => (questionBusy = false))
    if (outcome === 'refused') asking = declined(asking, question, clock.nowMs())
  }
  /** Nobody in particular answers a question to all; no other one is put until their answers are in. */
  function askAll([param1, param2, param3]: readonly [number, number, number, ...number[]]): Promise<'silent'> {
    const params = { param1, param2, param3, param4: 0, param5: 0, param6: 0, param7: 0 }
    const target = { target_system: systemId, target_component: ALL_COMPONENTS }
    port.send('COMMAND_LONG', { ...target, ...params, command: REQUEST_MESSAGE, confirmation: 0 })
    return new Promise((resolve) => void clock.after(Math.max(1000, 2 * desk.rttMs()), () => resolve('silent')))
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
    isMerged: () => clock.nowMs() < merge.untilMs,
    lossShare: () => link.lossShare(peer, systemId, vehicle.autopilotComp),
    moveTo(to) {
      peer = to
      routes.clear()
      lastHeardAtMs = clock.nowMs()
    },
    follow(before) {
      vehicle = { ...vehicle, reboots: before.vehicle().reboots + 1 }
    },
    doubtParam(name) {
      vehicle = doubtParam(vehicle, name)
    },
    identify() {
      const nowMs = clock.nowMs()
      if (vehicle.uid !== null || nowMs - identifiedAtMs < IDENTIFY_EVERY_MS) return
      identifiedAtMs = nowMs
      const target = { target_system: systemId, target_component: vehicle.autopilotComp }
      const params = { param1: AUTOPILOT_VERSION, param2: 0, param3: 0, param4: 0, param5: 0, param6: 0, param7: 0 }
      port.send('COMMAND_LONG', { ...target, ...params, command: REQUEST_MESSAGE, confirmation: 0 })
    },
    take,
    ask() {
      const nowMs = clock.nowMs()
      for (const text of joiner.flush(nowMs)) say(text, nowMs)
      vehicle = events.tick(vehicle, nowMs)
      if (linkState(vehicle, nowMs) === 'live' && !vehicle.highLatency)
        definitions.ask(vehicle, (...found) => (vehicle = withDefinition(vehicle, ...found)))
      askStreams()
      if (questionBusy || nowMs < streams.quietUntilMs) return
      const [next, question] = nextQuestion(asking, vehicle, equipment, nowMs)
      asking = next
      if (question !== null) askQuestion(question).catch(fault)
    },
    watch: watchers.add,
    texts: textListeners.add,
    listening: () => listeners.now().length + watchers.now().length + textListeners.now().length,
  }
}

/** The bytes of a message, or why the encoder refuses it: that is noted. */
function encodedOr<N extends TypedName>(fault: (error: unknown) => void, name: N, fields: EncodeFields<N>) {
  try {
    return encode(name, fields, { seq: 0, ...OWN })
  } catch (error) {
    fault(error)
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** By the vehicle's own word; before it gave it, by what its kind of autopilot always does. */
export const encodingOf = (vehicle: Vehicle): ParamEncoding =>
  paramEncodingOf(vehicle.capabilities ?? 0n) ?? (vehicle.autopilot === 'px4' ? 'bytewise' : 'c_cast')
/** Whether that is more than a guess: it says so itself, or is one of the two whose manner is known. */
export const isEncodingKnown = ({ autopilot, capabilities }: Vehicle): boolean =>
  autopilot !== 'other' || paramEncodingOf(capabilities ?? 0n) !== undefined

/** MAV_PROTOCOL_CAPABILITY_FTP */
const CAPABILITY_FTP = 32n
/** All parameters can be had as one file (ArduPilot). */
export const offersPack = ({ autopilot, capabilities }: Vehicle): boolean =>
  autopilot === 'ardupilot' && ((capabilities ?? 0n) & CAPABILITY_FTP) !== 0n

/**
 * Those who listen. `now` are those of this moment, whoever comes or goes while they are told: who begins to listen
 * because of a frame must not hear it as an answer. There are few changes and many frames, so each change makes a list.
 */
function createListeners<T>(): { add(listener: T): () => void; now(): readonly T[] } {
  let all: readonly T[] = []
  return {
    now: () => all,
    add(listener) {
      all = [...all, listener]
      return () => (all = all.filter((one) => one !== listener))
    },
  }
}
