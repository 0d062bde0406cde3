import type { DroneParam } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { NOW_MS, OTHER_PILOT, PILOT } from '../domain/test-kit.ts'
import { scriptedBridge } from './scripted-bridge.ts'
import { open, ready, replayed, TOKEN } from './whole-path-kit.ts'

const droneId = 'main-1'
const PARAM: DroneParam = { name: 'FS_GCS_ENABLE', value: 1, type: 2, atMs: NOW_MS }

async function held() {
  const at = await ready()
  const upkeep = () => at.picture.drone.get(droneId)?.upkeep
  const read = (seat = PILOT) => at.town.give(seat, { type: 'drone.read-params', droneId })
  const cancel = (seat = PILOT) => at.town.give(seat, { type: 'drone.cancel-upkeep', droneId })
  const set = (value: number) =>
    at.town.give(PILOT, { type: 'drone.set-param', droneId, name: PARAM.name, value, was: 1 })
  const clear = () => at.town.give(PILOT, { type: 'drone.clear-mission', droneId })
  /** What the console would be shown, with the reading that the bridge says it has. */
  async function shown() {
    const [first] = at.bridge.upkeep
    at.bridge.set({ upkeep: { setsWhileArmed: false, paramsOf: first?.jobId ?? null } })
    await at.bridge.tell()
    return at.town.domain.params.of(at.town.domain.board.get(droneId)!)
  }
  return { ...at, upkeep, read, cancel, set, clear, shown }
}

describe('parameters of an aircraft', () => {
  it('are asked for with the lease, told in parts, and not journaled', async () => {
    const { bridge, town, upkeep, read, shown, entries } = await held()
    bridge.endsUpkeepWith({ kind: 'listed', count: 1 }, [PARAM])
    expect(await read(OTHER_PILOT)).toBe('lease-not-held')
    expect(await read()).toBe('ok')
    await town.settled(() => upkeep()?.params != null, 'the end of the reading')
    expect(bridge.upkeep[0]).toMatchObject({ ask: { do: 'read-params' }, leaseToken: bridge.leases.get(droneId) })
    expect(upkeep()).toMatchObject({ job: null, params: { outcome: { kind: 'listed', count: 1 }, by: PILOT.name } })
    expect((await shown()).params).toEqual([PARAM])
    expect(JSON.stringify(entries)).not.toContain('FS_GCS_ENABLE')
    expect(replayed(entries).drone.get(droneId)).toEqual(town.domain.engine.picture.drone.get(droneId))
    expect(town.faults).toEqual([])
  })

  it('that were read of another start of the aircraft are not shown', async () => {
    const { bridge, town, upkeep, read, shown } = await held()
    bridge.endsUpkeepWith({ kind: 'listed', count: 1 }, [PARAM])
    await read()
    await town.settled(() => upkeep()?.params != null, 'the end of the reading')
    expect((await shown()).params).toHaveLength(1)
    bridge.set({ upkeep: { setsWhileArmed: false, paramsOf: null } })
    await bridge.tell()
    expect(town.domain.params.of(town.domain.board.get(droneId)!)).toEqual({ readAtMs: null, params: [] })
  })

  it('that are set stand in the journal with what they were, and in the list with what the aircraft tells', async () => {
    const { bridge, town, upkeep, read, set, shown, entries } = await held()
    bridge.endsUpkeepWith({ kind: 'listed', count: 1 }, [PARAM])
    await read()
    await town.settled(() => upkeep()?.params != null, 'the end of the reading')
    bridge.endsUpkeepWith({ kind: 'holds', value: 0 }, [{ ...PARAM, value: 0 }])
    expect(await set(0)).toBe('ok')
    await town.settled(() => upkeep()?.params?.ask.do === 'set-param', 'the end of the set')
    expect((await shown()).params).toEqual([{ ...PARAM, value: 0 }])
    const said = entries.map(({ event }) => event).filter(({ type }) => type.startsWith('drone.upkeep-'))
    expect(said.at(-1)).toMatchObject({ type: 'drone.upkeep-ended', outcome: { kind: 'holds', value: 0 } })
    const ask = { do: 'set-param', name: PARAM.name, value: 0, was: 1 }
    expect(said.filter(({ type }) => type === 'drone.upkeep-asked').at(-1)).toMatchObject({ job: { ask } })
  })

  it('that were to be set, and of which the aircraft told nothing, stand in the list as unsure', async () => {
    const { bridge, town, upkeep, read, set, shown } = await held()
    bridge.endsUpkeepWith({ kind: 'listed', count: 1 }, [PARAM])
    await read()
    await town.settled(() => upkeep()?.params != null, 'the end of the reading')
    bridge.endsUpkeepWith({ kind: 'failed', reason: 'param-no-answer', unknown: true })
    expect(await set(0)).toBe('ok')
    await town.settled(() => upkeep()?.params?.ask.do === 'set-param', 'the end of the set')
    expect((await shown()).params).toEqual([{ ...PARAM, unsure: true }])
  })

  it('are unknown where the bridge began anew in the middle of a set, and as before where it only read', async () => {
    for (const [begin, unknown] of [
      ['set', true],
      ['read', false],
    ] as const) {
      const at = await held()
      expect(await (begin === 'set' ? at.set(0) : at.read())).toBe('ok')
      await at.town.settled(() => at.upkeep()?.job?.done === 1, 'its middle')
      at.clock.advance(1000)
      at.bridge.close()
      const next = scriptedBridge(at.town.url, { token: TOKEN, nowMs: () => at.clock.nowMs() })
      open.push(next)
      await next.connect()
      await at.town.settled(() => at.upkeep()?.job === null, 'its end')
      expect(at.upkeep()?.params?.outcome).toEqual({ kind: 'failed', reason: 'upkeep-unheard', unknown })
    }
  })

  it('can be taken back by whoever holds the aircraft', async () => {
    const { town, upkeep, read, cancel } = await held()
    expect(await cancel()).toBe('no-upkeep-running')
    await read()
    expect(await read()).toBe('upkeep-running')
    await town.settled(() => upkeep()?.job?.done === 1, 'its middle')
    expect(await cancel(OTHER_PILOT)).toBe('lease-not-held')
    expect(await cancel()).toBe('ok')
    await town.settled(() => upkeep()?.job === null, 'its end')
    expect(upkeep()?.params?.outcome).toEqual({ kind: 'failed', reason: 'upkeep-cancelled', unknown: false })
  })

  it('go on where the bridge does not take that they were taken back', async () => {
    const { bridge, town, upkeep, read, cancel } = await held()
    await read()
    await town.settled(() => upkeep()?.job?.done === 1, 'its middle')
    bridge.leases.set(droneId, 'the token of somebody else')
    expect(await cancel()).toBe('ok')
    await town.settled(() => upkeep()?.job?.cancelling === undefined, 'the answer of the bridge')
    expect(upkeep()?.job).toMatchObject({ done: 1 })
  })

  it('are not set while it is armed or may be, unless its bridge says that it may', async () => {
    const { bridge, set, read } = await held()
    for (const armed of [true, null]) {
      bridge.set({ armed })
      await bridge.tell()
      expect(await set(0)).toBe('param-while-armed')
    }
    bridge.set({ upkeep: { setsWhileArmed: true, paramsOf: null } })
    await bridge.tell()
    expect(await set(0)).toBe('ok')
    expect(await read()).toBe('upkeep-running')
  })
})

describe('the mission in an aircraft', () => {
  it('that was cleared leaves its task without a plan, until it is uploaded again', async () => {
    const { bridge, town, upkeep, clear, picture, taskId, entries } = await held()
    bridge.endsUpkeepWith({ kind: 'empty' })
    expect(await clear()).toBe('ok')
    await town.settled(() => upkeep()?.mission != null, 'its end')
    expect(upkeep()?.mission).toMatchObject({ ask: { do: 'clear-mission' }, outcome: { kind: 'empty' } })
    expect(picture.task.get(taskId)).toMatchObject({ state: 'failed', reason: 'mission-cleared', upload: null })
    expect(await town.give(PILOT, { type: 'task.upload', taskId })).toBe('ok')
    await town.settled(() => picture.task.get(taskId)?.state === 'ready', 'a verified plan')
    expect(replayed(entries).drone.get(droneId)).toEqual(town.domain.engine.picture.drone.get(droneId))
  })

  it.each([
    ['of which nothing is known any more takes its task with it', true, 'failed'],
    ['that the aircraft would not let go leaves its task ready', false, 'ready'],
  ])('%s', async (_, unknown, state) => {
    const { bridge, town, upkeep, clear, picture, taskId } = await held()
    bridge.endsUpkeepWith({ kind: 'failed', reason: 'mission-denied', unknown })
    await clear()
    await town.settled(() => upkeep()?.mission != null, 'its end')
    expect(picture.task.get(taskId)?.state).toBe(state)
  })

  it('is not cleared while it is armed or on its task, and nothing else is put in meanwhile', async () => {
    const { bridge, town, clear, taskId } = await held()
    bridge.set({ armed: true })
    await bridge.tell()
    expect(await clear()).toBe('mission-in-use')
    bridge.set({ armed: false })
    await bridge.tell()
    expect(await clear()).toBe('ok')
    expect(await town.give(PILOT, { type: 'task.upload', taskId })).toBe('upkeep-running')
  })
})
