import { z } from 'zod'

/** What a seat may do. `admin` manages people and feeds; it commands no aircraft. */
export const Role = z.enum(['observer', 'dispatcher', 'pilot', 'coordinator', 'admin'])
export type Role = z.infer<typeof Role>
export const ROLES = Role.options

/** What a machine credential may do: one token, one feed, the scopes it was given and nothing else. */
export const FeedScope = z.enum(['fixes', 'roster', 'incidents', 'checkpoints', 'reports'])
export type FeedScope = z.infer<typeof FeedScope>

/** A signed-in workplace. Commands come from seats; `name` is the staff member's display name. */
export const Seat = z.strictObject({
  id: z.string().min(1).max(64),
  role: Role,
  name: z.string().min(1).max(80),
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
export const NewAccount = z.strictObject({
  account: z.string().regex(/^[a-z0-9._-]{2,32}$/),
  name: z.string().min(1).max(80),
  role: Role,
  password: z.string().min(12).max(256),
})
export type NewAccount = z.infer<typeof NewAccount>

/** What an administrator sees of an account. */
export const AccountView = z.object({ account: z.string(), name: z.string(), role: Role, createdAtMs: z.number() })
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
