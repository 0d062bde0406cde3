import { z } from 'zod'

/**
 * Who belongs to a room. A desk is one member however many sit there; a unit is one, whoever of its crew speaks.
 * `seat:ACCOUNT`, `desk:ROLE`, `unit:UNIT`, `guest:ID`.
 */
export const MemberKey = z.string().regex(/^(seat|desk|unit|guest):[\w.@-]{1,64}$/)
export type MemberKey = z.infer<typeof MemberKey>

/** Who said or did something in a room. */
export interface RoomVoice {
  key: MemberKey
  /** Display name of staff, call sign of a unit, role of a desk, organisation of a guest. */
  name: string
}
