import { z } from 'zod'
import { UnitId } from './units.ts'

/**
 * What a seat may do. `admin` manages people and feeds; it commands no aircraft. A `unit`, an `adviser` and a `guest` see
 * the rooms that they are in and nothing else of the picture. A `wall` looks, and can do nothing at all.
 */
export const Role = z.enum([
  'observer',
  'dispatcher',
  'pilot',
  'coordinator',
  'admin',
  'unit',
  'adviser',
  'guest',
  'wall',
])
export type Role = z.infer<typeof Role>
export const ROLES = Role.options
/** Roles that may do anything beyond looking. */
export const ACTING_ROLES = Role.exclude(['wall']).options
/** Roles that have a console: the whole picture, but for rooms that are not theirs. */
export const CONSOLE_ROLES = [
  'observer',
  'dispatcher',
  'pilot',
  'coordinator',
  'admin',
] as const satisfies readonly Role[]
/** Roles that an account can have; a guest and a wall come by a link. */
export const AccountRole = Role.exclude(['guest', 'wall'])
export type AccountRole = z.infer<typeof AccountRole>
const ROOM_ROLES: readonly Role[] = ['unit', 'adviser', 'guest']
export const seesRoomsOnly = (role: Role): boolean => ROOM_ROLES.includes(role)

/** What a machine credential may do: one token, one feed, the scopes it was given and nothing else. `warnings` reads those that we sent. */
export const FeedScope = z.enum(['fixes', 'roster', 'incidents', 'checkpoints', 'sailings', 'reports', 'warnings'])
export type FeedScope = z.infer<typeof FeedScope>

/** A signed-in workplace. Commands come from seats; `name` is the staff member's display name. */
export const Seat = z.strictObject({
  id: z.string().min(1).max(64),
  role: Role,
  name: z.string().min(1).max(80),
  /** Staff account that signed in. Absent in journals from before there were rooms. */
  account: z.string().min(1).max(64).optional(),
  /** Of a unit's seat: the unit that it speaks for. */
  unitId: UnitId.optional(),
})
export type Seat = z.infer<typeof Seat>

/** Who made something happen: a person at a seat, or a part of the system acting on its own rule. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seat'), seat: Seat }),
  z.strictObject({ kind: z.literal('feed'), feed: z.string() }),
  z.strictObject({ kind: z.literal('bridge'), bridge: z.string() }),
  z.strictObject({ kind: z.literal('system'), part: z.string() }),
])
export type Actor = z.infer<typeof Actor>

export const SignIn = z.strictObject({ account: z.string().min(1).max(64), password: z.string().min(1).max(256) })
export type SignIn = z.infer<typeof SignIn>

/** First administrator of a new installation: the one-time secret of the enrolment link and their own choice. */
export const Enrol = z.strictObject({
  secret: z.string().min(16).max(128),
  account: z.string().regex(/^[a-z0-9._-]{2,32}$/),
  name: z.string().min(1).max(80),
  password: z.string().min(12).max(256),
})
export type Enrol = z.infer<typeof Enrol>

/** An account that an administrator makes for a member of staff. */
export const NewAccount = z
  .strictObject({
    account: z.string().regex(/^[a-z0-9._-]{2,32}$/),
    name: z.string().min(1).max(80),
    role: AccountRole,
    password: z.string().min(12).max(256),
    /** Unit that the account speaks for; a `unit` has one, nobody else does. */
    unitId: UnitId.optional(),
  })
  .refine(({ role, unitId }) => (role === 'unit') === (unitId !== undefined), {
    path: ['unitId'],
    message: 'the account of a unit names its unit, and no other does',
  })
export type NewAccount = z.infer<typeof NewAccount>

/** What an administrator sees of an account. */
export const AccountView = z.object({
  account: z.string(),
  name: z.string(),
  role: Role,
  createdAtMs: z.number(),
  unitId: z.string().nullable().optional(),
})
export type AccountView = z.infer<typeof AccountView>

/** Name of a feed, as health and the journal show it. */
export const FeedId = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,39}$/)
export type FeedId = z.infer<typeof FeedId>

/** A feed that an administrator makes: its name and what it may write. */
export const NewFeed = z.strictObject({ id: FeedId, scopes: z.array(FeedScope).min(1).max(FeedScope.options.length) })
export type NewFeed = z.infer<typeof NewFeed>

/** What an administrator sees of a feed; its token is not among it. */
export const FeedView = z.object({ id: FeedId, scopes: z.array(FeedScope), createdAtMs: z.number() })
export type FeedView = z.infer<typeof FeedView>

/** A feed just made, with its token: the only answer that ever carries it. */
export const MadeFeed = z.object({ feed: FeedView, token: z.string() })
export type MadeFeed = z.infer<typeof MadeFeed>

/** Somebody of the staff who can be brought into a room. */
export const StaffMember = z.object({
  account: z.string(),
  name: z.string(),
  role: Role,
  /** Signed in and connected now; others find the room when they sign in. */
  here: z.boolean(),
})
export type StaffMember = z.infer<typeof StaffMember>

/** A guest for one room: whom the link is for (an organisation or a function, never a person), what it may, for how long. */
export const NewGuest = z.strictObject({
  label: z.string().trim().min(2).max(60),
  mayWrite: z.boolean(),
  minutes: z.number().int().min(5).max(10_080),
})
export type NewGuest = z.infer<typeof NewGuest>

/** A guest just made, with its token: the only answer that ever carries it. */
export const MadeGuest = z.object({ key: z.string(), token: z.string(), untilMs: z.number() })
export type MadeGuest = z.infer<typeof MadeGuest>

/** Name of a wall, as the journal shows it. */
export const KioskId = FeedId
export const NewKiosk = z.strictObject({ id: KioskId })
export type NewKiosk = z.infer<typeof NewKiosk>

/** What an administrator sees of a wall; its token is not among it. */
export const KioskView = z.object({ id: KioskId, createdAtMs: z.number() })
export type KioskView = z.infer<typeof KioskView>

/** A wall just made, with the token of its link: the only answer that ever carries it. */
export const MadeKiosk = z.object({ kiosk: KioskView, token: z.string() })
export type MadeKiosk = z.infer<typeof MadeKiosk>

/** What a wall's link brings: its token, for a cookie. */
export const OpenKiosk = z.strictObject({ token: z.string().regex(/^[\w-]{20,200}$/) })
export type OpenKiosk = z.infer<typeof OpenKiosk>
