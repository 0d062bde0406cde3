import type { Seat, Snapshot, Update } from '@skerry/contract'
import { expect, it } from 'vitest'
import { petrol } from '../domain/consignments/consignment-kit.ts'
import { LIN, WANG, fireTown } from '../domain/rooms/room-kit.ts'
import { HOME } from '../domain/test-kit.ts'
import { evolve } from '../picture/evolve.ts'
import { applyChanges, toSnapshot } from '../picture/picture.ts'
import { createScopedClient } from './scoped-client.ts'

const UNIT: Seat = { id: 'su', role: 'unit', name: 'u', account: 'u101', unitId: '101' }

/** A fire with a lorry in it, and what one seat is told. */
function told(seat: Seat) {
  const fire = fireTown()
  const { picture, incidentId } = fire
  fire.give(LIN, { type: 'consignment.declare', consignment: petrol() })
  const [consignmentId] = [...picture.consignment.keys()] as [string]
  fire.give(LIN, { type: 'consignment.accident', consignmentId, incidentId, position: HOME, place: '', text: '泄漏' })
  fire.send('101')
  const snapshots: Snapshot[] = []
  const updates: Update[] = []
  const client = createScopedClient({
    seat,
    picture,
    emit: { snapshot: (one) => snapshots.push(one), updates: (some) => updates.push(...some) },
    again: (one) => one.snapshot(toSnapshot(picture, 1, 0)),
  })
  client.snapshot(toSnapshot(picture, 1, 0))
  const goods = (): string[] =>
    snapshots.at(-1)!.changes.flatMap(({ kind, id }) => (kind === 'consignment' ? [id] : []))
  return {
    consignmentId,
    goods,
    snapshots,
    updates,
    archive: () => {
      const changes = evolve(picture, { event: { type: 'consignment.archived', consignmentId }, atMs: 0 })
      applyChanges(picture, changes)
      client.told({ seq: 2, atMs: 0, type: 'consignment.archived', incidentId: null, changes })
    },
  }
}

it('starts those again who only have the room of an accident when its consignment leaves, and tells others the change', () => {
  const unit = told(UNIT)
  expect(unit.goods()).toEqual([unit.consignmentId])
  unit.archive()
  expect([unit.snapshots.length, unit.goods()]).toEqual([2, []])
  const pilot = told(WANG)
  pilot.archive()
  expect(pilot.snapshots).toHaveLength(1)
  expect(pilot.updates).toMatchObject([{ changes: [{ kind: 'consignment', id: pilot.consignmentId, value: null }] }])
})
