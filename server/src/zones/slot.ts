import type { Zone, ZoneMover } from '@skerry/contract'
import { compileZone, type CompiledZone } from './compiled-zone.ts'
import type { Listening } from './listening.ts'
import { type Membership, type Sample, sideOf } from './membership.ts'
import { makeWatch } from './rules/make-watch.ts'
import { concerns, type Mover, type RuleWatch } from './rules/rule-watch.ts'
import { accuracyOf, keyOf, type ZoneEvent, type ZoneFix } from './zone-fix.ts'

/** What one mover is to one zone. */
export interface Cell {
  membership: Membership
  /** Watches of the rules that are about it. */
  watches: readonly RuleWatch[]
}
export type TrackedMover = Mover & { cells: Map<Slot, Cell> }

/** Something that falls due at a source time; `order` tells those of one moment apart. */
export interface Deadline {
  atMs: number
  order: string
  run: (nowMs: number) => unknown
}

/** A zone with its rules at work. */
export interface Slot {
  compiled: CompiledZone
  /** Source time from which it has been watched. */
  sinceMs: number
  watches: ReadonlyMap<string, RuleWatch>
  /** Movers that it follows wherever they are. */
  follows: ReadonlySet<string>
  watchesFor(fix: Pick<ZoneFix, 'kind' | 'id'>): readonly RuleWatch[]
}

export function createSlot(
  zone: Zone,
  given: {
    sinceMs: number
    emit: (event: ZoneEvent) => void
    wake: (deadline: Deadline) => void
    mover: (key: string) => TrackedMover | undefined
    heardAtMs: (kinds: readonly ZoneMover[], only: readonly string[]) => number | null
    sameWayHeardAtMs: (fix: ZoneFix) => number | null
    listening: Listening
  },
): Slot {
  const compiled = compileZone(zone)
  const watches = new Map<string, RuleWatch>()
  const slot: Slot = {
    compiled,
    sinceMs: given.sinceMs,
    watches,
    follows: new Set(
      zone.rules.flatMap((rule) =>
        rule.kind === 'corridor' ? rule.only.flatMap((id) => rule.movers.map((kind) => keyOf({ kind, id }))) : [],
      ),
    ),
    watchesFor: (fix) => zone.rules.filter((rule) => concerns(rule, fix)).map((rule) => watches.get(rule.kind)!),
  }
  for (const rule of zone.rules) {
    const due = (key: string, atMs: number): void => watches.get(rule.kind)?.due?.(key, atMs)
    const watch = makeWatch(rule, {
      zone: compiled,
      emit: given.emit,
      wake: (atMs, key) =>
        given.wake({ atMs, order: `${zone.id} ${rule.kind} ${key}`, run: (nowMs) => due(key, nowMs) }),
      membership: (key) => given.mover(key)?.cells.get(slot)?.membership,
      mover: given.mover,
      heardAtMs: () => given.heardAtMs(rule.movers, rule.only),
      sameWayHeardAtMs: given.sameWayHeardAtMs,
      listening: given.listening,
      sinceMs: given.sinceMs,
    })
    watches.set(rule.kind, watch)
  }
  return slot
}

/** A position in the frame of a zone, with the side it is on. */
export function sampleOf({ compiled }: Slot, fix: ZoneFix): Sample {
  const [x, y] = compiled.frame.toLocal(fix.lngLat)
  const accuracyM = accuracyOf(fix)
  const side = sideOf(compiled.depthM(x, y), compiled.zone.evidence, accuracyM)
  return { side, atMs: fix.atMs, x, y, accuracyM }
}

export const outsideBox = ({ compiled: { box } }: Slot, [lng, lat]: ZoneFix['lngLat']): boolean =>
  lng < box[0] || lng > box[2] || lat < box[1] || lat > box[3]
