import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Command, JournalEntry, Seat } from '@skerry/contract'
import { Server } from 'socket.io'
import { afterEach, expect } from 'vitest'
import { startDomain, type Domain } from '../domain/start-domain.ts'
import { COORDINATOR, DISPATCHER, OTHER_PILOT, PILOT, REPORT, SETUP } from '../domain/test-kit.ts'
import { decideRoster } from '../domain/units/roster.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { evolve } from '../picture/evolve.ts'
import { applyChanges, createPicture, type Picture } from '../picture/picture.ts'
import { scriptedBridge } from './scripted-bridge.ts'

export const TOKEN = 'a secret that the bridge shows'
export const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const
type Wish<T> = T extends unknown ? Omit<T, 'id'> : never

export interface House {
  domain: Domain
  url: string
  faults: unknown[]
  close(): Promise<void>
  give(seat: Seat, command: Wish<Command>): Promise<string>
  settled(until: () => boolean, what: string): Promise<void>
}
/** What a test has opened, closed at its end from the last to the first. */
export const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close()
})

export async function house(entries: JournalEntry[], clock: FakeScheduler): Promise<House> {
  const faults: unknown[] = []
  let tokens = 0
  const domain = await startDomain({
    journal: memoryJournal(entries),
    clock,
    newId: () => crypto.randomUUID(),
    newToken: () => `token-${clock.nowMs()}-${++tokens}`,
    version: '0.1.0',
    land: () => null,
    onFault: (error) => faults.push(error),
  })
  const http: HttpServer = createServer()
  const io = new Server(http)
  domain.attachBridges(io, {
    token: TOKEN,
    putDrone: () => {},
    trackDrone: () => {},
    seatSeenAtMs: () => clock.nowMs(),
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  let closed = false
  const self: House = {
    domain,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    faults,
    async close() {
      if (closed) return
      closed = true
      await domain.stop()
      await io.close()
    },
    async give(seat, command) {
      const done = await domain.engine.submit({ ...command, id: crypto.randomUUID() } as Command, seat)
      return done.ok ? 'ok' : done.error.code
    },
    async settled(until, what) {
      for (let turn = 0; turn < 2000 && !until(); turn++) await new Promise((resolve) => setImmediate(resolve))
      if (!until()) throw new Error(`never came: ${what}`)
    },
  }
  open.push(self)
  return self
}

export const last = <T>(map: Map<string, T>): T => [...map.values()].at(-1)!

/** A house with a drone on its bridge, a search, and a task that a pilot has accepted and that stands ready. */
export async function ready() {
  const clock = new FakeScheduler()
  const entries: JournalEntry[] = []
  const town = await house(entries, clock)
  const bridge = scriptedBridge(town.url, { token: TOKEN, nowMs: () => clock.nowMs() })
  open.push(bridge)
  await bridge.connect()
  const { picture } = town.domain.engine
  await town.settled(() => picture.drone.has('main-1') && bridge.leases.has('main-1'), 'the drone and its lease')
  const nowMs = clock.nowMs()
  await town.domain.engine.record({ kind: 'feed', feed: 'roster' }, (now) => {
    const units = [
      { id: 'team', callSign: '搜救-1', agency: '应急', kind: 'ground-team' as const, skills: [], onDuty: true },
    ]
    const decided = decideRoster(now, units)
    return decided.ok ? decided.value : []
  })
  const subject = { ...REPORT.subject, lastKnownAtMs: nowMs }
  expect(await town.give(DISPATCHER, { ...REPORT, occurredAtMs: nowMs, subject })).toBe('ok')
  const incidentId = last(picture.incident).id
  expect(await town.give(COORDINATOR, { type: 'search.open', incidentId, setup: { ...SETUP, halfSizeM: 600 } })).toBe(
    'ok',
  )
  const searchId = last(picture.search).id
  await town.give(COORDINATOR, { type: 'search.set-highest-ground', searchId, highestGroundAmslM: 10 })
  expect(
    await town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 }),
  ).toBe('ok')
  const taskId = last(picture.task).id
  expect(await town.give(COORDINATOR, { type: 'task.offer', taskId })).toBe('ok')
  await town.give(PILOT, { type: 'task.see', taskId })
  expect(await town.give(PILOT, { type: 'task.accept', taskId })).toBe('ok')
  expect(await town.give(OTHER_PILOT, { type: 'task.accept', taskId })).toBe('already-taken')
  await town.settled(() => picture.task.get(taskId)?.state === 'ready', 'a verified plan')
  await bridge.tell()
  return { clock, entries, town, bridge, picture, incidentId, searchId, taskId }
}

/** The picture that a journal gives when it is read from its beginning. */
export const replayed = (entries: readonly JournalEntry[]): Picture => {
  const picture = createPicture()
  for (const entry of entries) applyChanges(picture, evolve(picture, entry))
  return picture
}
