import { type ReasonCode, reasonOf } from '@skerry/contract'
import { compareMissions, type Difference } from '../plan/compare.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import type { Storage } from '../plan/storage.ts'
import { unsendableItem } from '../plan/unsendable.ts'
import { done, failed, type Result } from '../result.ts'
import type { DownloadPolicy, ReadMission } from './download-machine.ts'
import { type Dialect, missionCode, passes } from './mission-result.ts'
import { downloadMission, type TransferPorts, uploadMission } from './mission-transfer.ts'
import type { UploadOutcome, UploadPolicy } from './upload-machine.ts'

export interface PutError {
  readonly kind: 'refused' | 'silent' | 'differs' | 'not-read-back' | 'cancelled' | 'expired'
  readonly code: ReasonCode
  readonly detail: string
  /** What the vehicle holds now is not known: neither the old plan nor the new one. */
  readonly planUnknown: boolean
}
export interface PutPolicy {
  readonly dialect: Dialect
  /** Whose storage a mission goes through; absent: that of the dialect. */
  readonly storage?: Storage
  readonly rttMs: number
  /** No transfer begins at or after this time, epoch ms. */
  readonly expiresAtMs: number
  /** Items that the vehicle has room for, ArduPilot's home included; absent where it is not known. */
  readonly capacity?: number
}
export interface PutProgress {
  readonly phase: 'sending' | 'reading-back'
  readonly done: number
}

/** A broken transfer is begun again by itself so many times in all; one that is not even let in, so many in a row. */
const ATTEMPTS = 8
const ATTEMPTS_AT_DOOR = 3
/** A read that met silence, or a transfer in its way, is begun again so many times in all. */
const READ_ATTEMPTS = 4
const QUIET_MS = 1500
const TRIES = 6
/** PX4 asks four times a second and gives up after five: more answers to one request are no progress. */
const MAX_ANSWERS = 40
/** The vehicle's own patience (PX4 5 s, ArduPilot 8 s), and a little more. */
const GIVE_UP_MS = { px4: 6000, ardupilot: 9000, other: 9000 } as const
/** What is in the way after a broken transfer clears by itself in this time. */
const CLEARS_MS = 2500

const uploadPolicy = (count: number, { dialect, rttMs }: PutPolicy): UploadPolicy => ({
  count,
  dialect,
  quietMs: Math.max(QUIET_MS, 2 * rttMs),
  maxTries: TRIES,
  giveUpMs: GIVE_UP_MS[dialect],
  // Shorter than PX4's own repeat (250 ms) on a fast link, longer than a slow link's echo.
  debounceMs: Math.min(900, 0.9 * rttMs),
  maxAnswers: MAX_ANSWERS,
})
export const downloadPolicy = (rttMs: number): DownloadPolicy => ({
  listQuietMs: Math.max(QUIET_MS, 2 * rttMs),
  // PX4 ends a download when it hears nothing for five seconds.
  itemQuietMs: Math.max(400, 1.5 * rttMs),
  maxTries: 12,
})

/**
 * Puts a plan into a vehicle and proves it: upload, read back, compare. Success is what was read, never an ack alone;
 * a broken transfer is begun again.
 */
export async function putPlan(
  items: readonly MissionItem[],
  policy: PutPolicy,
  ports: TransferPorts,
  onProgress: (progress: PutProgress) => void,
): Promise<Result<ReadMission, PutError>> {
  // PX4 switches plans at the end of a transfer; ArduPilot replaces them item by item from the first.
  const inPlace = policy.dialect !== 'px4'
  // Only a mission has ArduPilot's home in front; a fence and rally points are compared from their first item on.
  const storage = (ports.missionType ?? 0) === 0 ? (policy.storage ?? policy.dialect) : 'other'
  let last: PutError = { kind: 'expired', code: 'too-late', detail: '', planUnknown: false }
  if (policy.capacity !== undefined && items.length > policy.capacity)
    return failed({
      kind: 'refused',
      code: 'mission-no-space',
      detail: `${items.length} > ${policy.capacity}`,
      planUnknown: false,
    })
  const odd = unsendableItem(items)
  if (odd !== null)
    return failed({
      kind: 'refused',
      code: 'mission-invalid-value',
      detail: `#${odd.seq} ${odd.why}`,
      planUnknown: false,
    })
  let heard = 0
  let turnedAway = 0
  const stopCounting = ports.port.listen(({ comp }) => {
    if (comp === ports.comp) heard++
  })
  const ended = (): boolean => ports.signal?.aborted === true
  try {
    return await attempts()
  } finally {
    stopCounting()
  }
  async function attempts(): Promise<Result<ReadMission, PutError>> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      // Ended between two attempts: not a word more.
      if (ended())
        return failed({ kind: 'cancelled', code: 'upload-cancelled', detail: '', planUnknown: last.planUnknown })
      if (ports.clock.nowMs() >= policy.expiresAtMs) return failed(expired(last))
      const heardBefore = heard
      const outcome = await uploadMission(items, uploadPolicy(items.length, policy), ports, (count) =>
        onProgress({ phase: 'sending', done: count }),
      )
      const error = errorOf(outcome, inPlace, last.planUnknown)
      if (error !== null) {
        turnedAway = isTurnedAway(outcome) ? turnedAway + 1 : 0
        // What broke the last transfer says more than that the vehicle is still busy with the rest of it.
        last = turnedAway > 0 && last.kind !== 'expired' ? { ...last, planUnknown: error.planUnknown } : error
        if (turnedAway === ATTEMPTS_AT_DOOR) return failed(last)
        if (ended() || !worthAgain(outcome, heard > heardBefore)) return failed(last)
        await pause(ports, CLEARS_MS)
        continue
      }
      onProgress({ phase: 'reading-back', done: 0 })
      const read = await readPlan(policy.rttMs, ports, (count) => onProgress({ phase: 'reading-back', done: count }))
      if (!read.ok) {
        if (read.error.kind === 'cancelled') return failed({ ...read.error, planUnknown: true })
        const detail = reasonOf(read.error.code, read.error.detail)
        last = { kind: 'not-read-back', code: 'not-read-back', detail, planUnknown: true }
        continue
      }
      const differences = compareMissions(items, read.value.items, storage)
      if (differences.length === 0) return done(read.value)
      last = { kind: 'differs', code: 'read-back-differs', detail: firstOf(differences), planUnknown: true }
    }
    return failed(last)
  }
}

/** Reads the plan; a vehicle that is still busy with an earlier transfer is asked again. */
export async function readPlan(
  rttMs: number,
  ports: TransferPorts,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<Result<ReadMission, Omit<PutError, 'planUnknown'>>> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await downloadMission(downloadPolicy(rttMs), ports, onProgress)
    if (outcome.kind === 'read') return done(outcome.mission)
    if (outcome.kind === 'cancelled') return failed({ kind: 'cancelled', code: 'upload-cancelled', detail: '' })
    if (outcome.kind === 'silent') {
      // Silence from the first word on is a vehicle that is away; in the middle it has only lost the thread.
      if (attempt === READ_ATTEMPTS || !outcome.begun)
        return failed({ kind: 'silent', code: 'vehicle-silent', detail: '' })
      continue
    }
    if (attempt === READ_ATTEMPTS || !passes(outcome.result))
      return failed({ kind: 'refused', ...missionCode(outcome.result) })
    await pause(ports, CLEARS_MS)
  }
}

function errorOf(outcome: UploadOutcome, inPlace: boolean, unknownBefore: boolean): PutError | null {
  switch (outcome.kind) {
    case 'accepted':
    case 'unconfirmed':
      return null
    case 'refused': {
      const { seq, result, complete } = outcome
      // Refused at the door nothing changed, unless an earlier attempt had come further. A late word of an earlier
      // transfer may be taken for the answer to the last item: then all of it may be there.
      const planUnknown = unknownBefore || complete || (inPlace && seq !== null)
      return { kind: 'refused', ...missionCode(result, seq), planUnknown }
    }
    case 'silent': {
      const code = outcome.during === 'counting' ? 'upload-not-begun' : 'upload-broken-off'
      // The count alone may have arrived and shortened a list that is changed in place.
      return { kind: 'silent', code, detail: '', planUnknown: unknownBefore || inPlace }
    }
    case 'cancelled':
      return {
        kind: 'cancelled',
        code: 'upload-cancelled',
        detail: '',
        planUnknown: unknownBefore || inPlace || outcome.complete,
      }
  }
}

/** The vehicle did not ask for anything. */
const isTurnedAway = (outcome: UploadOutcome): boolean =>
  (outcome.kind === 'silent' && outcome.during === 'counting') || (outcome.kind === 'refused' && outcome.seq === null)

/** @param alive the vehicle said something meanwhile: then its silence to our counts is loss, not absence */
const worthAgain = (outcome: UploadOutcome, alive: boolean): boolean =>
  (outcome.kind === 'silent' && (outcome.during === 'sending' || alive)) ||
  (outcome.kind === 'refused' && passes(outcome.result))

const pause = ({ clock }: TransferPorts, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve)
  })

/** Time ran out between two tries: the last try's reason stands behind it. */
const expired = ({ kind, code, detail, planUnknown }: PutError): PutError => ({
  kind: 'expired',
  code: 'too-late',
  detail: kind === 'expired' ? '' : reasonOf(code, detail),
  planUnknown,
})

const firstOf = (differences: readonly Difference[]): string => {
  const [first] = differences
  const more = differences.length > 1 ? ` (+${differences.length - 1})` : ''
  return first === undefined ? '' : `#${first.seq} ${first.what}${more}`
}
