import { autopilotSettings, settingsOf } from './camera-settings.ts'
import { type Camera, streamsOf } from './cameras.ts'
import { guardsToAsk, safetyParamsOf } from './safety-params.ts'
import type { Vehicle } from './vehicle.ts'

const AUTOPILOT_VERSION = 148
const AVAILABLE_MODES = 435
const CAMERA_INFORMATION = 259
const VIDEO_STREAM_INFORMATION = 269
const GIMBAL_MANAGER_INFORMATION = 280

/**
 * Something to ask once, because the vehicle does not say it by itself. `atMost`: so many tries in all, for what most
 * vehicles do not have.
 */
export type Question =
  | {
      readonly ask: 'message'
      readonly comp: number
      readonly messageId: number
      readonly param2: number
      readonly param3: number
      readonly atMost?: number
    }
  | { readonly ask: 'param'; readonly name: string; readonly atMost?: number }
  /** An extended parameter of a camera. */
  | { readonly ask: 'ext-param'; readonly comp: number; readonly name: string }

/** Tries of each question: how many, and not again before. Starts anew when the autopilot restarts. */
export interface Asking {
  readonly reboots: number
  readonly tries: ReadonlyMap<string, { readonly count: number; readonly notBeforeMs: number }>
}
export const newAsking = (reboots: number): Asking => ({ reboots, tries: new Map() })

const TRIES_IN_A_ROW = 3
const BETWEEN_TRIES_MS = 2000
/** Equipment may be switched on later: after three tries the question comes back once a minute. */
const PAUSE_MS = 60_000
/** Time for a camera to announce itself before the autopilot is asked whether it speaks for one. */
const CAMERA_WAIT_MS = 5000
const HEARTBEAT_FRESH_MS = 2000
/** The list of modes comes one by one: only after so long a silence is a missing one lost. */
const MODES_QUIET_MS = 3000

/** What beside the autopilot beats, with its MAV_TYPE. */
export type Equipment = ReadonlyMap<number, number>

/** The question is for every component of the system. */
export const ALL_COMPONENTS = 0
const MAV_TYPE_CAMERA = 30

export function openQuestions(vehicle: Vehicle, equipment: Equipment, nowMs: number): Question[] {
  const open: Question[] = []
  const message = (comp: number, messageId: number, param2 = 0, param3 = 0): void => {
    open.push({ ask: 'message', comp, messageId, param2, param3 })
  }
  if (vehicle.capabilities === null) message(vehicle.autopilotComp, AUTOPILOT_VERSION)
  askGimbals(vehicle, equipment, message)
  for (const [comp, type] of equipment)
    if (type === MAV_TYPE_CAMERA && !speaksFor(vehicle.cameras, comp)) message(comp, CAMERA_INFORMATION)
  if (!speaksFor(vehicle.cameras, vehicle.autopilotComp) && nowMs - vehicle.firstSeenAtMs > CAMERA_WAIT_MS)
    message(vehicle.autopilotComp, CAMERA_INFORMATION)
  for (const camera of vehicle.cameras.values()) {
    askStreams(vehicle, camera, message)
    for (const { via, comp, param, value } of settingsOf(vehicle, camera))
      if (via === 'camera' && value === null) open.push({ ask: 'ext-param', comp, name: param })
  }
  for (const name of autopilotSettings(vehicle)) open.push({ ask: 'param', name, atMost: 2 * TRIES_IN_A_ROW })
  const params = safetyParamsOf(vehicle)
  if (params !== null && vehicle.linkLossAfterS === null) open.push({ ask: 'param', name: params.linkLossAfter })
  for (const name of guardsToAsk(vehicle)) open.push({ ask: 'param', name })
  // All of them come one after the other, for index 0.
  const { modeList } = vehicle
  if (modeList === null) message(vehicle.autopilotComp, AVAILABLE_MODES)
  else if (nowMs - modeList.toldAtMs >= MODES_QUIET_MS)
    for (const index of missingModes(modeList))
      open.push({
        ask: 'message',
        comp: vehicle.autopilotComp,
        messageId: AVAILABLE_MODES,
        param2: index,
        param3: 0,
        atMost: TRIES_IN_A_ROW,
      })
  return open
}

/** Those that were lost on the way, counted from 1. */
const missingModes = ({ count, told }: NonNullable<Vehicle['modeList']>): number[] =>
  Array.from({ length: count }, (_, i) => i + 1).filter((index) => !told.has(index))

type Ask = (comp: number, messageId: number, param2?: number, param3?: number) => void
const speaksFor = (of: ReadonlyMap<string, { readonly comp: number }>, comp: number): boolean =>
  [...of.values()].some((one) => one.comp === comp)

/** Any component may manage a gimbal, and equipment may be switched on later than the autopilot. */
function askGimbals(vehicle: Vehicle, equipment: Equipment, ask: Ask): void {
  const managers = [...vehicle.gimbals.values()]
  const isManaged = (device: number): boolean =>
    managers.some(({ comp, deviceId }) => device === deviceId || device === comp)
  // A gimbal that tells where it looks, and that no manager has spoken for yet.
  const orphan = [...vehicle.gimbalSamples.keys()].some((device) => !isManaged(device))
  if (managers.length === 0 || orphan) ask(ALL_COMPONENTS, GIMBAL_MANAGER_INFORMATION)
  if (!speaksFor(vehicle.gimbals, vehicle.autopilotComp)) ask(vehicle.autopilotComp, GIMBAL_MANAGER_INFORMATION)
  for (const comp of equipment.keys()) if (!isManaged(comp)) ask(comp, GIMBAL_MANAGER_INFORMATION)
}

/** All streams at once, or the first, where none is known; then each that is missing of as many as there are. */
function askStreams(vehicle: Vehicle, camera: Camera, ask: Ask): void {
  const known = streamsOf(vehicle, camera)
  if (known.length === 0) {
    ask(camera.comp, VIDEO_STREAM_INFORMATION, 0, camera.deviceId)
    ask(camera.comp, VIDEO_STREAM_INFORMATION, 1, camera.deviceId)
  }
  const count = Math.min(MOST_STREAMS, Math.max(0, ...known.map((stream) => stream.count)))
  for (let id = 1; id <= count; id++)
    if (!known.some((stream) => stream.id === id)) ask(camera.comp, VIDEO_STREAM_INFORMATION, id, camera.deviceId)
}
const MOST_STREAMS = 6

function keyOf(question: Question): string {
  switch (question.ask) {
    case 'param':
      return question.name
    case 'ext-param':
      return `${question.comp}/${question.name}`
    case 'message':
      return `${question.comp}/${question.messageId}/${question.param2}/${question.param3}`
  }
}

/** The question to put now, if any. */
export function nextQuestion(
  asking: Asking,
  vehicle: Vehicle,
  equipment: Equipment,
  nowMs: number,
): readonly [Asking, Question | null] {
  const now = asking.reboots === vehicle.reboots ? asking : newAsking(vehicle.reboots)
  // A satellite link carries no questions.
  if (vehicle.highLatency || nowMs - vehicle.lastHeartbeatAtMs > HEARTBEAT_FRESH_MS) return [now, null]
  for (const question of openQuestions(vehicle, equipment, nowMs)) {
    const before = now.tries.get(keyOf(question))
    if (before !== undefined && nowMs < before.notBeforeMs) continue
    const count = (before?.count ?? 0) + 1
    if ('atMost' in question && count > (question.atMost ?? Infinity)) continue
    const pauseMs = count % TRIES_IN_A_ROW === 0 ? PAUSE_MS : BETWEEN_TRIES_MS
    const tries = new Map(now.tries).set(keyOf(question), { count, notBeforeMs: nowMs + pauseMs })
    return [{ ...now, tries }, question]
  }
  return [now, null]
}

/** The vehicle says that it has no such thing: the question rests for a minute. It counts as one of the tries there are. */
export function declined(asking: Asking, question: Question, nowMs: number): Asking {
  const count = asking.tries.get(keyOf(question))?.count ?? 1
  const tries = new Map(asking.tries).set(keyOf(question), { count, notBeforeMs: nowMs + PAUSE_MS })
  return { ...asking, tries }
}
