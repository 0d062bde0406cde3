import type { ActTarget, Seat } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { petrol } from '../consignments/consignment-kit.ts'
import { CHEN, LIN, WANG, fireTown } from '../rooms/room-kit.ts'
import { NOW_MS, statusOf } from '../test-kit.ts'
import { actsDue, decideOpenAct, followedNow } from './decide.ts'

const GATE: ActTarget = { kind: 'camera', id: 'gate-1' }
const OTHER_SEAT_OF_LIN: Seat = { ...LIN, id: 'seat-lin-2' }
const stream = (uri: string) => ({ id: 1, name: 'main', thermal: false, uri })

function town() {
  const fire = fireTown()
  fire.apply([
    { type: 'cameras.declared', cameras: [{ id: 'gate-1', label: { zh: '码头', en: 'Pier' }, position: [122, 30] }] },
  ])
  const { incidentId, give } = fire
  return {
    ...fire,
    ask: (seat: Seat, target: ActTarget = GATE, minutes = 15) =>
      give(seat, { type: 'act.ask', incidentId, target, reason: '确认火势蔓延方向', minutes }),
    approve: (seat: Seat, number = 1) => give(seat, { type: 'act.approve', incidentId, number }),
    refuse: (seat: Seat, number = 1) => give(seat, { type: 'act.refuse', incidentId, number, reason: '不需要' }),
    end: (seat: Seat, number = 1) => give(seat, { type: 'act.end', incidentId, number, reason: '看完了' }),
    open: (seat: Seat, number = 1) => {
      const opened = decideOpenAct(fire.picture, incidentId, number, { nowMs: fire.nowMs(), seat })
      return opened.ok ? opened.value : opened.error.code
    },
    act: (number = 1) => fire.picture.act.get(`${incidentId}/${number}`)!,
    due: () => fire.apply(actsDue(fire.picture, fire.nowMs())),
  }
}

describe('a sensitive act', () => {
  it('is asked for by one and approved by another, runs its time, and ends by itself', () => {
    const { ask, approve, open, act, pass, due, nowMs } = town()
    ask(LIN)
    expect(act()).toMatchObject({ state: 'waiting', askedBy: { key: 'seat:lin' }, approveByMs: NOW_MS + 600_000 })
    expect(open(LIN)).toBe('act-not-running')
    approve(CHEN)
    expect(act()).toMatchObject({ state: 'running', approvedBy: { key: 'seat:chen' }, untilMs: nowMs() + 900_000 })
    expect(open(LIN)).toMatchObject([{ type: 'act.opened', number: 1 }])
    expect(open(CHEN)).toMatchObject([{ type: 'act.opened' }])
    pass(899_999)
    due()
    expect(act().state).toBe('running')
    pass(1)
    expect(open(LIN)).toBe('act-not-running') // before the keeper came round
    due()
    expect(act()).toMatchObject({ state: 'ended', because: 'time-over' })
    expect(open(LIN)).toBe('act-not-running')
  })
  it('is not approved by whoever asked, from whatever seat', () => {
    const { ask, approve, act } = town()
    ask(LIN)
    expect(approve(LIN)).toBe('same-person')
    expect(approve(OTHER_SEAT_OF_LIN)).toBe('same-person')
    expect(act().state).toBe('waiting')
  })
  it('is looked through by nobody else', () => {
    const { ask, approve, open } = town()
    ask(LIN)
    approve(CHEN)
    for (const seat of [WANG, { ...CHEN, id: 'x', account: 'zhao' }]) expect(open(seat)).toBe('not-owner')
    expect(open(LIN, 2)).toBe('unknown-act')
  })
  it('waits ten minutes for its approval and not longer', () => {
    const { ask, approve, act, pass, due, refuse } = town()
    ask(LIN)
    pass(600_001)
    expect(approve(CHEN)).toBe('act-over')
    expect(refuse(CHEN)).toBe('act-over')
    due()
    expect(act()).toMatchObject({ state: 'ended', because: 'not-approved', approvedBy: null })
  })
  it('is refused with a reason, withdrawn, or stopped before its time', () => {
    const { ask, approve, refuse, end, act, open } = town()
    ask(LIN)
    refuse(CHEN)
    expect(act(1)).toMatchObject({ because: 'refused', endReason: '不需要' })
    expect(approve(CHEN)).toBe('act-over')
    ask(LIN)
    end(LIN, 2)
    expect(act(2)).toMatchObject({ because: 'withdrawn' })
    ask(LIN)
    approve(CHEN, 3)
    end(CHEN, 3)
    expect(act(3)).toMatchObject({ because: 'stopped', endReason: '看完了' })
    expect(open(LIN, 3)).toBe('act-not-running')
    expect(end(CHEN, 3)).toEqual([])
  })
})

describe('its incident', () => {
  it('must be there and open, and takes every act with it when it closes', () => {
    const { ask, approve, act, give, incidentId, open } = town()
    const wish = { target: GATE, reason: '看一眼', minutes: 5 }
    expect(give(LIN, { type: 'act.ask', incidentId: 'none', ...wish })).toBe('unknown-room')
    ask(LIN)
    approve(CHEN)
    ask(CHEN)
    give(LIN, { type: 'incident.close', incidentId, outcome: '已灭' })
    for (const number of [1, 2]) expect(act(number)).toMatchObject({ state: 'ended', because: 'incident-closed' })
    expect(open(LIN)).toBe('act-not-running')
    expect(ask(LIN)).toBe('room-closed')
    expect(approve(LIN, 2)).toBe('room-closed')
  })
  it('has whoever asks in its room: a pilot who is not in it asks for nothing', () => {
    const { ask, give, incidentId, staff, approve, end } = town()
    expect(ask(WANG)).toBe('not-a-member')
    staff.set('wang', { name: WANG.name, role: 'pilot' })
    give(LIN, { type: 'room.invite', incidentId, account: 'wang', adviser: 'local', minutes: 9 })
    expect(ask(WANG)).toHaveLength(1)
    ask(LIN)
    expect(end(WANG, 2)).toBe('not-owner')
    expect(approve(LIN, 1)).toHaveLength(1)
  })
})

describe('its target', () => {
  it('is a camera that is declared, a drone that names a stream, a consignment with a terminal that is not over', () => {
    const { ask, see, give, picture } = town()
    expect(ask(LIN, { kind: 'camera', id: 'gate-9' })).toBe('unknown-target')
    expect(ask(LIN, { kind: 'drone', id: 'main-1' })).toBe('no-stream')
    const camera = { thermal: true, hfovRad: 1, vfovRad: 1, widthPx: 640, heightPx: 512, vendor: '', model: '' }
    see('main-1', { camera: { ...camera, streams: [stream('')] } })
    expect(ask(LIN, { kind: 'drone', id: 'main-1' })).toBe('no-stream')
    see('main-1', { ...statusOf('main-1'), camera: { ...camera, streams: [stream('rtsp://drone/1')] } })
    expect(ask(LIN, { kind: 'drone', id: 'main-1' })).toHaveLength(1)
    expect(ask(LIN, { kind: 'consignment', id: 'none' })).toBe('unknown-target')
    for (const terminalId of ['T-3', null])
      give(LIN, { type: 'consignment.declare', consignment: petrol({ vehicle: { callSign: '危运', terminalId } }) })
    const [seen, unseen] = [...picture.consignment.keys()] as [string, string]
    expect(ask(LIN, { kind: 'consignment', id: unseen })).toBe('no-stream')
    expect(ask(LIN, { kind: 'consignment', id: seen })).toHaveLength(1)
    expect(ask(LIN, { kind: 'consignment', id: seen })).toBe('act-exists')
    give(LIN, { type: 'consignment.end', consignmentId: seen, reason: '取消' })
    expect(ask(CHEN, { kind: 'consignment', id: seen })).toBe('unknown-target')
  })
  it('is followed only while the act runs', () => {
    const { ask, approve, give, picture, pass, nowMs } = town()
    give(LIN, { type: 'consignment.declare', consignment: petrol() })
    const [id] = [...picture.consignment.keys()] as [string]
    const followed = () => [...followedNow(picture, nowMs()).keys()]
    ask(LIN, { kind: 'consignment', id }, 1)
    expect(followed()).toEqual([])
    approve(CHEN)
    expect(followed()).toEqual([id])
    pass(60_000)
    expect(followed()).toEqual([])
  })
})
