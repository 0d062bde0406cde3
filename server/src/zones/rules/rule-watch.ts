import type { ZoneRule } from '@skerry/contract'
import type { CompiledZone } from '../compiled-zone.ts'
import type { Membership, Sample, Turn } from '../membership.ts'
import type { Listening } from '../listening.ts'
import type { ZoneEvent, ZoneFix } from '../zone-fix.ts'

/** What a rule sees of something that moves. */
export interface Mover {
  key: string
  /** Newest position, source time. */
  last: ZoneFix
}

/** A rule of one zone at work. All calls come in order of source time; a deadline comes after every position up to it. */
export interface RuleWatch {
  turned?(mover: Mover, turn: Turn): void
  /** Every position of a mover that the zone has to do with, after its turn. */
  moved?(mover: Mover, sample: Sample, membership: Membership): void
  /** A mover that is no longer followed, as a unit that goes off duty: what stands of it ends, nothing more is expected. */
  gone(mover: Mover, atMs: number): void
  /** A deadline that the rule asked for. */
  due?(key: string, atMs: number): void
  /** Of a rule about the zone itself: enough is known now to say that it has nothing to say. */
  fine?(): boolean
  /** Subjects for which a start has been said and no end. */
  readonly standing: ReadonlySet<string>
}

export interface RuleContext<R extends ZoneRule = ZoneRule> {
  zone: CompiledZone
  rule: R
  emit: (event: ZoneEvent) => void
  /** Has `due` called at a source time with this key. */
  wake: (atMs: number, key: string) => void
  /** Membership of a mover, if the zone has to do with it. */
  membership: (moverKey: string) => Membership | undefined
  mover: (moverKey: string) => Mover | undefined
  listening: Listening
}

type About = { atMs: number; knownAtMs: number; figure?: number | null; other?: Mover | null }

/** Says starts and ends, each once in turn. */
export function createSayer({ zone, rule, emit }: Pick<RuleContext, 'zone' | 'rule' | 'emit'>) {
  const standing = new Set<string>()
  const say = (edge: ZoneEvent['edge'], mover: Mover | null, about: About): void => {
    const { atMs, knownAtMs, figure = null, other = null } = about
    emit({
      edge,
      zoneId: zone.zone.id,
      rule: rule.kind,
      mover: mover && { kind: mover.last.kind, id: mover.last.id },
      other: other && { kind: other.last.kind, id: other.last.id },
      atMs,
      knownAtMs,
      lngLat: mover?.last.lngLat ?? null,
      feed: mover?.last.feed ?? null,
      figure,
    })
  }
  return {
    standing,
    start(key: string, mover: Mover | null, about: About): void {
      if (standing.has(key)) return
      standing.add(key)
      say('start', mover, about)
    },
    end(key: string, mover: Mover | null, about: About): void {
      if (standing.delete(key)) say('end', mover, about)
    },
  }
}

/** The end of what stands of a mover that is no longer followed. */
export const endOf =
  (say: ReturnType<typeof createSayer>) =>
  (mover: Mover, atMs: number): void =>
    say.end(mover.key, mover, { atMs, knownAtMs: atMs })

/** Whether a rule is about a mover. */
export function concerns(rule: ZoneRule, fix: Pick<ZoneFix, 'kind' | 'id'>): boolean {
  if (!rule.movers.includes(fix.kind)) return false
  if (rule.kind === 'intrusion' && rule.allowed.includes(fix.id)) return false
  return rule.only.length === 0 || rule.only.includes(fix.id)
}

export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)
