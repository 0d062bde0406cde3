import { FIX_AGE_LIMIT_MS, type Change, type EventOf, type Unit, type UnitStatus } from '@skerry/contract'
import { changed, patched, type Picture } from '../../picture/picture.ts'
import { STATE_OF_REPORT } from '../incidents/lifecycle.ts'
import { signed, stepTaken } from '../incidents/steps.ts'

type UnitEvent = EventOf<'roster.declared' | 'unit.status-changed' | 'unit.reported'>

const STATUS_OF_REPORT: Partial<Record<EventOf<'unit.reported'>['report']['kind'], UnitStatus>> = {
  acknowledged: 'assigned',
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  'person-located': 'on-scene',
  'nothing-here': 'on-scene',
}

/** Units of the roster, their duty and status. A unit that a declaration leaves out stays as it is. */
export function evolveUnit(picture: Picture, event: UnitEvent, atMs: number): Change[] {
  switch (event.type) {
    case 'roster.declared':
      return event.units.map((declared) => {
        const known = picture.unit.get(declared.id)
        const status = known?.status ?? 'available'
        return changed('unit', declared.id, {
          ...declared,
          handle: known?.handle ?? event.handles[declared.id] ?? 0,
          status: !declared.onDuty ? 'off-duty' : status === 'off-duty' ? 'available' : status,
          assignment: known?.assignment ?? null,
          duty: dutyAfter(known?.duty ?? [], declared.onDuty, atMs),
          ...(known?.cover === undefined ? {} : { cover: known.cover }),
        })
      })
    case 'unit.status-changed': {
      const { unitId, status } = event
      const step =
        status === 'en-route' || status === 'on-scene' ? stepTaken(picture, { unitId, state: status, atMs }) : []
      return [
        ...step,
        ...patched(picture, 'unit', unitId, { status, ...(step.length > 0 ? signed(picture, unitId) : {}) }),
      ]
    }
    case 'unit.reported': {
      const { unitId, kind } = event.report
      const status = STATUS_OF_REPORT[kind]
      const state = STATE_OF_REPORT[kind]
      const radio = event.byRadio === undefined ? {} : { byRadio: true as const }
      const fields = { ...(status ? { status } : {}), ...(state === null ? {} : signed(picture, unitId)) }
      return [
        ...(state === null ? [] : stepTaken(picture, { unitId, state, atMs, ...radio })),
        ...(Object.keys(fields).length === 0 ? [] : patched(picture, 'unit', unitId, fields)),
      ]
    }
  }
}

/** Spells of duty that are remembered at most, should a roster change its mind all day; older ones count as off duty. */
const MOST_SPELLS = 100

/** Spells of duty after the roster said at `atMs` whether a unit is on duty; those that no position can be of are gone. */
export function dutyAfter(known: NonNullable<Unit['duty']>, onDuty: boolean, atMs: number): NonNullable<Unit['duty']> {
  const running = known.at(-1)?.toMs === null
  if (onDuty === running) return known
  if (!onDuty) return known.map((spell) => (spell.toMs === null ? { ...spell, toMs: atMs } : spell))
  const recent = known.filter(({ toMs }) => toMs === null || toMs >= atMs - FIX_AGE_LIMIT_MS)
  return [...recent, { fromMs: atMs, toMs: null }].slice(-MOST_SPELLS)
}
