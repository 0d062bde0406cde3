import { alertUpdate } from './alert.ts'

/** What another look at a candidate would cost and tell. */
export interface SecondLookInput {
  /** Probability that the candidate is the subject now, 0..1 (see `candidatesOnMap`). */
  readonly probability: number
  /** Chance that the look shows the subject for what it is, if it is there, 0..1: the measured recall from this height. */
  readonly pd: number
  /** Chance that the look seems to confirm something else, 0..1: the measured false-alarm rate. */
  readonly pfa: number
  /** The look with the way there and back to the running work, seconds, > 0. */
  readonly timeS: number
  /** POS per minute of the running plan that stands still meanwhile, >= 0 (see `bestRate`, `nextHour`). */
  readonly planPosPerMin: number
  /** Worth of a find now against one by the running plan, > 0; default 1. Above 1 when time presses. */
  readonly value?: number | undefined
}

export interface SecondLook {
  /** Probability that the look finds the subject (confirms, and it is): P x pd, times value. */
  readonly gain: number
  /** POS that the running plan would have made in this time. */
  readonly givenUp: number
  readonly gainPerMin: number
  readonly planPosPerMin: number
  /** Candidate's probability from which the look pays. Above 1: it never does. */
  readonly worthFrom: number
  readonly worthIt: boolean
  /** Candidate's probability after the look confirms it, and after it shows nothing. */
  readonly ifConfirmed: number
  readonly ifNothing: number
}

/**
 * Value of a second look against going on: look when P x value x pd per minute exceeds the POS rate given up.
 * The running plan loses only time by it, so both are rates of finding per minute and can be compared directly.
 * RangeError that names the field. Source: search-science notes 5 (re-look when posterior x value exceeds the POS rate
 * given up); odds form, notes 1.1.
 */
export function secondLook(input: SecondLookInput): SecondLook {
  const { probability, pd, pfa, timeS, planPosPerMin, value = 1 } = input
  if (!(timeS > 0)) throw new RangeError('timeS: must be above 0')
  if (!(planPosPerMin >= 0)) throw new RangeError('planPosPerMin: must be 0 or above')
  if (!(value > 0)) throw new RangeError('value: must be above 0')
  const after = (alert: boolean): number => alertUpdate({ prior: probability, pd, pfa, alert })
  const minutes = timeS / 60
  const gain = probability * pd * value
  const givenUp = planPosPerMin * minutes
  return {
    gain,
    givenUp,
    gainPerMin: gain / minutes,
    planPosPerMin,
    worthFrom: pd > 0 ? givenUp / (pd * value) : Infinity,
    worthIt: gain > givenUp,
    ifConfirmed: after(true),
    ifNothing: after(false),
  }
}
