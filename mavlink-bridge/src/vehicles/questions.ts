import { safetyParamsOf } from './safety-params.ts'
import type { Vehicle } from './vehicle.ts'

const AUTOPILOT_VERSION = 148
const AVAILABLE_MODES = 435
const CAMERA_INFORMATION = 259
const VIDEO_STREAM_INFORMATION = 269
const GIMBAL_MANAGER_INFORMATION = 280

/** Something to ask once, because the vehicle does not say it by itself. */
export type Question =
  | { readonly ask: 'message'; readonly comp: number; readonly messageId: number; readonly param2: number }
  | { readonly ask: 'param'; readonly name: string }

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

/** @param cameraComps components that sent a camera's heartbeat */
export function openQuestions(vehicle: Vehicle, cameraComps: ReadonlySet<number>, nowMs: number): Question[] {
  const open: Question[] = []
  const message = (comp: number, messageId: number, param2 = 0): void => {
    open.push({ ask: 'message', comp, messageId, param2 })
  }
  if (vehicle.capabilities === null) message(vehicle.autopilotComp, AUTOPILOT_VERSION)
  if (vehicle.gimbalManager === null) message(vehicle.autopilotComp, GIMBAL_MANAGER_INFORMATION)
  if (vehicle.camera === null) {
    for (const comp of cameraComps) message(comp, CAMERA_INFORMATION)
    if (cameraComps.size === 0 && nowMs - vehicle.firstSeenAtMs > CAMERA_WAIT_MS)
      message(vehicle.autopilotComp, CAMERA_INFORMATION)
  } else if (vehicle.thermalStream?.rangeEnabled !== true) message(vehicle.camera.comp, VIDEO_STREAM_INFORMATION)
  const params = safetyParamsOf(vehicle)
  if (params !== null && vehicle.linkLoss.afterS === null) open.push({ ask: 'param', name: params.linkLossAfter })
  for (const { name } of params?.guards ?? []) if (!vehicle.safetyParams.has(name)) open.push({ ask: 'param', name })
  // All of them come one after the other, for index 0.
  if (vehicle.offeredModes.size === 0) message(vehicle.autopilotComp, AVAILABLE_MODES)
  return open
}

const keyOf = (question: Question): string =>
  question.ask === 'param' ? question.name : `${question.comp}/${question.messageId}`

/** The question to put now, if any. */
export function nextQuestion(
  asking: Asking,
  vehicle: Vehicle,
  cameraComps: ReadonlySet<number>,
  nowMs: number,
): readonly [Asking, Question | null] {
  const now = asking.reboots === vehicle.reboots ? asking : newAsking(vehicle.reboots)
  // A satellite link carries no questions.
  if (vehicle.highLatency || nowMs - vehicle.lastHeartbeatAtMs > HEARTBEAT_FRESH_MS) return [now, null]
  for (const question of openQuestions(vehicle, cameraComps, nowMs)) {
    const before = now.tries.get(keyOf(question))
    if (before !== undefined && nowMs < before.notBeforeMs) continue
    const count = (before?.count ?? 0) + 1
    const pauseMs = count % TRIES_IN_A_ROW === 0 ? PAUSE_MS : BETWEEN_TRIES_MS
    const tries = new Map(now.tries).set(keyOf(question), { count, notBeforeMs: nowMs + pauseMs })
    return [{ ...now, tries }, question]
  }
  return [now, null]
}

/** The vehicle says that it has no such thing: the question rests for a minute, whatever its tries. */
export function declined(asking: Asking, question: Question, nowMs: number): Asking {
  const tries = new Map(asking.tries).set(keyOf(question), { count: 0, notBeforeMs: nowMs + PAUSE_MS })
  return { ...asking, tries }
}
