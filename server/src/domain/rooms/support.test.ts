import { describe, expect, it } from 'vitest'
import { NOW_MS } from '../test-kit.ts'
import { CHEN, LIN, WANG, fireTown } from './room-kit.ts'

type Town = ReturnType<typeof fireTown>
const ask = (town: Town, support = 'ambulance', seat = LIN) =>
  town.give(seat, { type: 'room.ask-support', incidentId: town.incidentId, support, text: '码头南口，一人烧伤' })
const answer = (
  town: Town,
  said: 'accepted' | 'arrived' | 'declined' | 'withdrawn',
  more: { etaMin?: number; reason?: string; number?: number } = {},
) => town.give(CHEN, { type: 'room.answer-support', incidentId: town.incidentId, number: 1, answer: said, ...more })
const MIN = 60_000

describe('a request for support', () => {
  it('has the times of the dictionary, and a number of its own', () => {
    const town = fireTown()
    ask(town)
    ask(town, 'fire')
    expect(town.room().support).toMatchObject([
      {
        number: 1,
        support: 'ambulance',
        state: 'asked',
        by: { name: '值班 Lin' },
        askedAtMs: NOW_MS,
        acceptByMs: NOW_MS + 3 * MIN,
        arriveByMs: NOW_MS + 20 * MIN,
        endedAtMs: null,
      },
      { number: 2, support: 'fire' },
    ])
  })
  it('goes accepted, arrived; what the other side states takes the place of the dictionary’s time', () => {
    const town = fireTown()
    ask(town)
    town.pass(MIN)
    answer(town, 'accepted', { etaMin: 35 })
    expect(town.room().support![0]).toMatchObject({ acceptedAtMs: NOW_MS + MIN, arriveByMs: NOW_MS + 36 * MIN })
    town.pass(30 * MIN)
    answer(town, 'arrived')
    expect(town.room().support![0]).toMatchObject({ state: 'arrived', endedAtMs: NOW_MS + 31 * MIN })
    expect(answer(town, 'arrived')).toEqual([])
    expect(answer(town, 'withdrawn', { reason: '不需要' })).toBe('request-over')
  })
  it('is refused where nobody can answer for it', () => {
    const town = fireTown()
    expect(ask(town, 'dragon')).toBe('unknown-support')
    expect(ask(town, 'fire', WANG)).toBe('not-a-member')
    expect(answer(town, 'accepted')).toBe('unknown-request')
    ask(town)
    expect(answer(town, 'declined')).toBe('reason-needed')
    answer(town, 'declined', { reason: '无车' })
    expect(town.room().support![0]).toMatchObject({ state: 'declined', reason: '无车', endedAtMs: NOW_MS })
  })
  it('raises an alarm when nobody answers, another when it does not come, and both end', () => {
    const town = fireTown()
    ask(town)
    town.pass(3 * MIN)
    town.tick()
    expect(town.alarms()).toEqual([])
    town.pass(1)
    town.tick()
    expect(town.alarms()).toMatchObject([{ kind: 'support-unanswered', key: '1' }])
    answer(town, 'accepted')
    town.tick()
    expect(town.alarms()).toEqual([])
    town.pass(17 * MIN)
    town.tick()
    expect(town.alarms()).toMatchObject([{ kind: 'support-late', key: '1' }])
    answer(town, 'accepted', { etaMin: 10 })
    expect(town.alarms()).toEqual([])
    town.pass(10 * MIN + 1)
    town.tick()
    expect(town.alarms()).toHaveLength(1)
    answer(town, 'arrived')
    expect(town.alarms()).toEqual([])
  })
  it('stands still when the incident closes, and calls nobody any more', () => {
    const town = fireTown()
    ask(town)
    town.pass(4 * MIN)
    town.tick()
    expect(town.alarms()).toHaveLength(1)
    town.give(LIN, { type: 'incident.close', incidentId: town.incidentId, outcome: '扑灭' })
    expect(town.room().support![0]).toMatchObject({ state: 'asked', endedAtMs: NOW_MS + 4 * MIN })
    town.pass(60 * MIN)
    town.tick()
    expect(town.alarms()).toEqual([])
  })
})
