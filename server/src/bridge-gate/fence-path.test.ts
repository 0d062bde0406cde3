import { PILOT } from '../domain/test-kit.ts'
import { describe, expect, it } from 'vitest'
import { scriptedBridge } from './scripted-bridge.ts'
import { open, ready, replayed, TOKEN } from './whole-path-kit.ts'

describe('a fence on its way into the aircraft', () => {
  const CAN = { can: { fence: true, rally: true }, state: 'unknown', id: null, readAtMs: null } as const
  async function fenced() {
    const at = await ready()
    at.bridge.set({ fence: CAN })
    await at.bridge.tell()
    const fence = () => at.picture.drone.get('main-1')?.fence
    const send = () => at.town.give(PILOT, { type: 'drone.send-fence', droneId: 'main-1', taskId: at.taskId })
    const cancel = () => at.town.give(PILOT, { type: 'drone.cancel-fence', droneId: 'main-1' })
    return { ...at, fence, send, cancel }
  }

  it('goes out with the lease, comes back verified, and is the same after the journal is read again', async () => {
    const { bridge, town, fence, send, entries, taskId } = await fenced()
    bridge.endsFencesWith({ kind: 'verified', id: 'abc', rally: true })
    expect(await send()).toBe('ok')
    await town.settled(() => fence()?.last != null, 'the end of the transfer')
    const [request] = bridge.fences
    expect(request).toMatchObject({ ask: 'send', leaseToken: bridge.leases.get('main-1') })
    expect(fence()).toMatchObject({ id: 'abc', taskId, transfer: null, plan: request!.plan })
    expect(replayed(entries).drone.get('main-1')).toEqual(town.domain.engine.picture.drone.get('main-1'))
    expect(town.faults).toEqual([])
  })

  it('is unknown where the bridge began anew in the middle of it', async () => {
    const { bridge, town, fence, send, clock } = await fenced()
    bridge.endsFencesWith(null)
    expect(await send()).toBe('ok')
    await town.settled(() => fence()?.transfer?.done === 8, 'its middle')
    clock.advance(1000)
    bridge.close()
    const next = scriptedBridge(town.url, { token: TOKEN, nowMs: () => clock.nowMs() })
    open.push(next)
    await next.connect()
    await town.settled(() => fence()?.transfer === null, 'its end')
    expect(fence()?.last?.outcome).toEqual({ kind: 'failed', reason: 'bridge-restarted', aboardUnknown: true })
  })

  it('that its pilot takes back ends as cancelled, and is the same after the journal is read again', async () => {
    const { bridge, town, fence, send, cancel, entries } = await fenced()
    bridge.endsFencesWith(null)
    await send()
    await town.settled(() => fence()?.transfer?.done === 8, 'its middle')
    expect(await cancel()).toBe('ok')
    await town.settled(() => fence()?.transfer === null, 'its end')
    expect(fence()?.last?.outcome).toEqual({ kind: 'failed', reason: 'fence-cancelled', aboardUnknown: true })
    expect(await cancel()).toBe('no-fence-transfer')
    expect(replayed(entries).drone.get('main-1')).toEqual(town.domain.engine.picture.drone.get('main-1'))
    expect(town.faults).toEqual([])
  })

  it('goes on where the bridge does not take that it was taken back', async () => {
    const { bridge, town, fence, send, cancel } = await fenced()
    bridge.endsFencesWith(null)
    await send()
    await town.settled(() => fence()?.transfer?.done === 8, 'its middle')
    bridge.leases.set('main-1', 'the token of somebody else')
    expect(await cancel()).toBe('ok')
    await town.settled(() => fence()?.transfer?.cancelling === undefined, 'the answer of the bridge')
    expect(fence()?.transfer).toMatchObject({ done: 8 })
  })

  it('that the bridge does not take fails in its words, and what is aboard stays known', async () => {
    const { bridge, town, fence, send } = await fenced()
    bridge.endsFencesWith({ kind: 'verified', id: 'abc', rally: true })
    await send()
    await town.settled(() => fence()?.last?.outcome.kind === 'verified', 'a verified fence')
    bridge.leases.set('main-1', 'the token of somebody else')
    expect(await send()).toBe('ok')
    await town.settled(() => fence()?.last?.outcome.kind === 'failed', 'its end')
    expect(fence()?.last?.outcome).toEqual({ kind: 'failed', reason: 'lease-token-invalid', aboardUnknown: false })
    expect(fence()).toMatchObject({ id: 'abc', transfer: null })
  })
})
