import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, HOME, OTHER_PILOT, PILOT } from '../domain/test-kit.ts'
import { decideUnitReport } from '../domain/units/report.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { scriptedBridge } from './scripted-bridge.ts'
import { CHECKLIST, house, last, open, ready, replayed, TOKEN } from './whole-path-kit.ts'

const startTask = async ({ town, taskId, picture }: Awaited<ReturnType<typeof ready>>) => {
  expect(await town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })).toBe('ok')
  await town.settled(() => picture.task.get(taskId)?.state === 'flying', 'a flying task')
}
const passing = (clock: FakeScheduler) => async (byMs: number) => {
  clock.advance(byMs)
  await new Promise((resolve) => setImmediate(resolve))
}

describe('the door for bridges', () => {
  it('lets a bridge begin an upload again for as long as the figures of the benchmarks are for', async () => {
    const { clock, bridge } = await ready()
    expect(bridge.uploads[0]!.expiresAtMs - clock.nowMs()).toBe(900_000)
  })

  it('lets nobody in without the secret', async () => {
    const clock = new FakeScheduler()
    const town = await house([], clock)
    for (const token of ['', 'wrong', `${TOKEN}x`]) {
      const bridge = scriptedBridge(town.url, { token, nowMs: () => clock.nowMs() })
      open.push(bridge)
      await expect(bridge.connect()).rejects.toThrow('not-allowed')
    }
    expect(town.domain.board.statuses()).toEqual([])
  })

  it('counts what does not fit and what speaks for a drone of another bridge, and goes on', async () => {
    const clock = new FakeScheduler()
    const town = await house([], clock)
    const bridge = scriptedBridge(town.url, { token: TOKEN, nowMs: () => clock.nowMs() })
    open.push(bridge)
    await bridge.connect()
    bridge.socket.emit('status', { atMs: 'yesterday', drones: 7 } as never)
    bridge.socket.emit('status', {
      atMs: 1,
      links: [],
      drones: [{ ...town.domain.board.get('main-1')!, droneId: 'other-1' }],
    })
    bridge.socket.emit('upload', null as never, () => {})
    await bridge.tell()
    expect(town.domain.board.statuses().map(({ droneId }) => droneId)).toEqual(['main-1'])
    expect(town.faults).toEqual([])
  })
})

describe('the whole path, from the call to the closed incident', () => {
  it('is flown, seen, judged, confirmed and closed, and every step stands in the timeline', async () => {
    const scene = await ready()
    const { clock, town, bridge, picture, incidentId, searchId, taskId } = scene
    await startTask(scene)
    const task = picture.task.get(taskId)!
    // The person lies under the middle of a lane of the task.
    const lane = task.lanes[Math.floor(task.lanes.length / 2)]!
    const person: [number, number] = [(lane[0]![0] + lane[1]![0]) / 2, (lane[0]![1] + lane[1]![1]) / 2]
    await bridge.fly(person, passing(clock))
    clock.advance(3000)
    await town.settled(() => picture.candidate.size > 0, 'a candidate')

    const candidate = last(picture.candidate)
    const awayM = Math.hypot(...localOffset(candidate.position, person))
    expect(awayM).toBeLessThan(10)
    expect(candidate.looks).toBeGreaterThanOrEqual(2)
    expect(candidate.attitudeFrom).toBe('camera')
    expect(picture.candidate.size).toBe(1)
    expect(town.domain.maps.readings(searchId).length).toBeGreaterThan(20)
    const search = picture.search.get(searchId)!
    expect(search.pos).toBeGreaterThan(0.05)
    expect(search.mapRevision).toBeGreaterThan(5)
    expect(town.domain.maps.frame(searchId)).toMatchObject({ revision: search.mapRevision, pos: search.pos })

    expect(
      await town.give(COORDINATOR, { type: 'candidate.send-team', candidateId: candidate.id, unitId: 'team' }),
    ).toBe('ok')
    expect(picture.unit.get('team')?.assignment).toMatchObject({
      destination: candidate.position,
      candidateId: candidate.id,
    })
    const report = {
      unitId: 'team',
      incidentId,
      atMs: clock.nowMs(),
      kind: 'person-located' as const,
      position: person,
    }
    await town.domain.engine.record({ kind: 'feed', feed: 'units' }, (now) => {
      const decided = decideUnitReport(now, report, { nowMs: clock.nowMs(), newId: () => crypto.randomUUID() })
      return decided.ok ? decided.value : []
    })
    expect([...picture.alarm.values()].some(({ kind }) => kind === 'person-located')).toBe(true)
    expect(picture.search.get(searchId)?.state).toBe('open')

    expect(
      await town.give(COORDINATOR, {
        type: 'search.confirm-found',
        searchId,
        candidateId: candidate.id,
        position: person,
        outcome: 'hurt',
      }),
    ).toBe('ok')
    await town.settled(() => bridge.orders.at(-1)?.order === 'return', 'the order to return')
    await town.settled(() => picture.task.get(taskId)?.state === 'returning', 'a returning drone')
    const close = { type: 'incident.close', incidentId, outcome: '找到，送医' } as const
    expect(await town.give(DISPATCHER, close)).toBe('drones-in-air')
    await bridge.land()
    await town.settled(() => picture.task.get(taskId)?.state === 'done', 'the drone down')
    expect(picture.task.get(taskId)?.reason).toBe('ordered-down@return: 协调员')
    expect(await town.give(DISPATCHER, close)).toBe('ok')

    const lines = await town.domain.engine.timeline(incidentId)
    const types = lines.map(({ event }) => event.type)
    for (const type of [
      'incident.reported',
      'search.opened',
      'search.ground-set',
      'search.tasks-cut',
      'task.offered',
      'task.seen',
      'task.accepted',
      'task.uploaded',
      'drone.ordered',
      'task.flying',
      'candidate.raised',
      'candidate.team-sent',
      'unit.reported',
      'search.found',
      'candidate.confirmed',
      'task.returning',
      'task.done',
      'incident.closed',
    ])
      expect(types).toContain(type)
    const accepted = lines.find(({ event }) => event.type === 'task.accepted')
    expect(accepted?.actor).toMatchObject({ kind: 'seat', seat: { name: '飞手甲' } })
    expect(town.faults).toEqual([])
    expect(replayed(scene.entries)).toEqual({ ...picture })
  })
})

describe('bad luck on the way', () => {
  it('says why the autopilot refused to start, and the pilot may try again', async () => {
    const scene = await ready()
    const { town, bridge, picture, taskId } = scene
    bridge.refuseStartsWith('Arm: Need Position Estimate')
    await town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })
    await town.settled(() => picture.task.get(taskId)?.reason === 'Arm: Need Position Estimate', 'the reason')
    expect(picture.task.get(taskId)?.state).toBe('ready')
    expect(last(picture.command)).toMatchObject({ state: 'refused', reason: 'Arm: Need Position Estimate' })
    bridge.refuseStartsWith(null)
    await startTask(scene)
  })

  it('brings an offer back with an alarm when nobody answers it', async () => {
    const { clock, town, picture, searchId } = await ready()
    await town.give(COORDINATOR, { type: 'search.cut-tasks', searchId, droneIds: ['main-1'], clearanceM: 60 })
    const taskId = last(picture.task).id
    await town.give(COORDINATOR, { type: 'task.offer', taskId })
    clock.advance(122_000)
    await town.settled(() => picture.task.get(taskId)?.state === 'drafted', 'the task back')
    expect([...picture.alarm.values()].map(({ kind }) => kind)).toContain('offer-unanswered')
  })

  it('shows every link of a silent bridge as lost within three seconds, raises alarms, and clears them on return', async () => {
    const scene = await ready()
    await startTask(scene)
    const { clock, town, bridge, picture } = scene
    const kinds = () =>
      [...picture.alarm.values()].filter((alarm) => alarm.clearedAtMs === null).map(({ kind }) => kind)
    clock.advance(3000)
    expect(town.domain.board.get('main-1')?.link.state).toBe('lost')
    await town.settled(() => kinds().includes('bridge-lost') && kinds().includes('drone-link-lost'), 'both alarms')
    await bridge.tell()
    await town.settled(() => kinds().length === 0, 'no alarm')
    expect(picture.task.get(scene.taskId)?.state).toBe('flying')
  })

  it('finds everything as it was after the server was killed in mid-sortie, and the drone flies on', async () => {
    const scene = await ready()
    await startTask(scene)
    const { clock, entries, town, bridge, picture, searchId, taskId } = scene
    await bridge.fly(HOME, passing(clock))
    clock.advance(3000)
    await town.settled(() => (picture.search.get(searchId)?.pos ?? 0) > 0, 'ground swept')
    const killed = structuredClone(entries) // what is on the disk at the moment of the kill
    const { seq: lastSeq, atMs: lastAtMs } = killed.at(-1)!
    await town.close()
    clock.advance(30_000)

    const again = await house(killed, clock)
    const { picture: later } = again.domain.engine
    const { pos, restOfWorld } = again.domain.maps.figures(searchId)!
    await again.settled(() => later.search.get(searchId)?.pos === pos, 'figures of everything that was swept')
    for (const kind of ['incident', 'task', 'candidate', 'unit', 'drone', 'command', 'alarm'] as const)
      expect([...later[kind]]).toEqual([...replayed(killed)[kind]])
    expect(later.search.get(searchId)).toMatchObject({ state: 'open', pos, restOfWorld })
    expect(pos).toBeGreaterThan(0.01)
    expect(later.task.get(taskId)?.state).toBe('flying')
    const gap = killed.findLast(({ event }) => event.type === 'server.started')!
    expect(gap).toMatchObject({ seq: lastSeq + 1, event: { lastSeq, lastAtMs } })

    const tokensBefore = bridge.leases.get('main-1')
    const back = scriptedBridge(again.url, {
      token: TOKEN,
      nowMs: () => clock.nowMs(),
      startedAtMs: clock.nowMs() - 90_000,
    })
    open.push(back)
    back.holds('plan-1')
    back.set({ armed: true, landed: 'in-air', mode: { name: 'AUTO', kind: 'auto' } })
    await back.connect()
    expect(back.leases.get('main-1')).not.toBe(tokensBefore)
    clock.advance(1100)
    await back.tell()
    await passing(clock)(1100)
    expect(later.task.get(taskId)?.state).toBe('flying')
    expect(await again.give(PILOT, { type: 'drone.order', droneId: 'main-1', order: 'return' })).toBe('ok')
    await again.settled(() => later.task.get(taskId)?.state === 'returning', 'a returning drone')
  })

  it('calls a task unknown when the aircraft holds another plan after a restart, and lets the pilot upload again', async () => {
    const scene = await ready()
    const { clock, town, bridge, picture, taskId } = scene
    bridge.close()
    clock.advance(10_000)
    const back = scriptedBridge(town.url, { token: TOKEN, nowMs: () => clock.nowMs() })
    open.push(back)
    back.holds('something-else')
    await back.connect()
    clock.advance(1100)
    await town.settled(() => picture.task.get(taskId)?.state === 'unknown', 'an unknown task')
    expect(picture.task.get(taskId)?.reason).toBe('other-plan-aboard')
    expect(await town.give(PILOT, { type: 'task.start', taskId, checklist: CHECKLIST })).toBe('task-not-ready')
    expect(await town.give(PILOT, { type: 'task.upload', taskId })).toBe('ok')
    await town.settled(() => picture.task.get(taskId)?.state === 'ready', 'a verified plan')
  })

  it('voids the former authority when another pilot takes the drone', async () => {
    const { town, bridge } = await ready()
    const before = bridge.leases.get('main-1')
    expect(await town.give(OTHER_PILOT, { type: 'drone.take-lease', droneId: 'main-1', reason: '接班' })).toBe('ok')
    await town.settled(() => bridge.leases.get('main-1') !== before, 'a new token')
    expect(await town.give(PILOT, { type: 'drone.order', droneId: 'main-1', order: 'hold' })).toBe('lease-not-held')
    expect(await town.give(OTHER_PILOT, { type: 'drone.order', droneId: 'main-1', order: 'hold' })).toBe('ok')
    await town.settled(() => bridge.orders.length === 1, 'the order')
    const journal = JSON.stringify(town.domain.engine.snapshot())
    expect(journal).not.toContain(bridge.leases.get('main-1'))
  })

  it('keeps an order open that the bridge did not answer, asks again when it is back, and believes what it says then', async () => {
    const { clock, town, bridge } = await ready()
    const { picture } = town.domain.engine
    const asked: string[] = []
    bridge.socket.off('order')
    bridge.socket.on('order', ({ commandId }) => asked.push(commandId))
    expect(await town.give(PILOT, { type: 'drone.order', droneId: 'main-1', order: 'return' })).toBe('ok')
    const row = () => [...picture.command.values()].find(({ order }) => order === 'return')
    // The time an answer may take is the socket's own, on the clock of the machine.
    while (row()?.state === 'authorised') await new Promise((resolve) => setTimeout(resolve, 50))
    expect(row()).toMatchObject({ state: 'unknown', reason: 'bridge-silent', sentAtMs: null })
    await bridge.socket.emitWithAck('hello', { bridgeId: 'main', version: '0.1.0', startedAtMs: clock.nowMs() })
    await town.settled(() => asked.length === 2, 'the order once more')
    expect(asked).toEqual([row()?.id, row()?.id])
    const notice = { commandId: asked[0]!, droneId: 'main-1', atMs: clock.nowMs(), tries: 1, reason: null }
    await bridge.socket.emitWithAck('command', { ...notice, state: 'sent' })
    expect(row()).toMatchObject({ state: 'sent', sentAtMs: clock.nowMs() })
    await bridge.socket.emitWithAck('command', { ...notice, state: 'effective' })
    expect(row()?.state).toBe('effective')
  })

  it('carries a wish for the camera to the bridge with the token of the lease, and journals how it went', async () => {
    const { town, bridge } = await ready()
    const wish = { do: 'zoom' as const, percent: 40 }
    expect(await town.give(OTHER_PILOT, { type: 'drone.camera', droneId: 'main-1', wish })).toBe('lease-not-held')
    expect(await town.give(PILOT, { type: 'drone.camera', droneId: 'main-1', wish })).toBe('ok')
    await town.settled(() => bridge.orders.length === 1, 'the wish')
    expect(bridge.orders[0]).toMatchObject({ order: 'zoom', camera: wish, leaseToken: bridge.leases.get('main-1') })
    const row = () => [...town.domain.engine.picture.command.values()].find(({ order }) => order === 'zoom')
    await town.settled(() => row()?.state === 'effective', 'the end of it')
    expect(row()).toMatchObject({ camera: wish, by: PILOT.name })
  })
})

const localOffset = (a: readonly number[], b: readonly number[]): [number, number] => [
  (a[0]! - b[0]!) * 96_000,
  (a[1]! - b[1]!) * 111_000,
]
