import { Role, type RoomMember } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'

/** What a room calls a member: a desk by its role, everybody else by the name or call sign. */
export function memberName({ kind, name }: Pick<RoomMember, 'kind' | 'name'>, t: Translate): string {
  if (kind !== 'desk') return name
  const role = Role.safeParse(name)
  return role.success ? t('room.desk', { role: t(`domain.role.${role.data}`) }) : name
}
