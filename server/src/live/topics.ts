import { CONSOLE_ROLES, TOPIC_ZOOM, Topic, type MotionTopic, type MoverKind, type Role } from '@skerry/contract'

/** A live topic, read from its name. */
export type LiveTopic =
  | { kind: 'motion'; at: MotionTopic }
  | { kind: 'drones' | 'checkpoints' | 'sailings' | 'consignments' | 'health' }
  | { kind: 'readings'; searchId: string }
  /** Probability map; under one scenario where it is named. */
  | { kind: 'search'; searchId: string; scenarioId: string | null }

const LOOKING: readonly Role[] = [...CONSOLE_ROLES, 'wall']
/** Who may join each kind of topic. The one place where this is said; a test walks it with every role. */
export const TOPIC_ROLES: Readonly<Record<LiveTopic['kind'], readonly Role[]>> = {
  motion: LOOKING,
  drones: LOOKING,
  checkpoints: LOOKING,
  sailings: LOOKING,
  // Where dangerous goods are now is for those who answer for incidents.
  consignments: ['dispatcher', 'coordinator'],
  health: CONSOLE_ROLES,
  search: ['observer', 'dispatcher', 'pilot', 'coordinator', 'wall'],
  readings: ['observer', 'dispatcher', 'pilot', 'coordinator'],
}

/** Null for a name that is no topic, or a map tile that does not exist. */
export function readTopic(name: unknown): LiveTopic | null {
  const known = Topic.safeParse(name)
  if (!known.success) return null
  const [kind, ...rest] = known.data.split('/')
  switch (kind) {
    case 'drones':
    case 'checkpoints':
    case 'sailings':
    case 'consignments':
    case 'health':
      return { kind }
    case 'search':
      return { kind, searchId: rest[0]!, scenarioId: rest[1] ?? null }
    case 'readings':
      return { kind, searchId: rest[0]! }
    case 'motion': {
      const [z, x, y] = rest.slice(1).map(Number) as [number, number, number]
      if (z !== TOPIC_ZOOM || x >= 2 ** z || y >= 2 ** z) return null
      return { kind, at: { kind: rest[0] as MoverKind, z, x, y } }
    }
    default:
      return null
  }
}
