import type { Role } from '@skerry/contract'

const HOME: Record<Role, string> = {
  observer: '/dispatch',
  dispatcher: '/dispatch',
  pilot: '/fly',
  coordinator: '/search',
  admin: '/settings',
  unit: '/room',
  adviser: '/room',
  guest: '/room',
  wall: '/wall',
}

/** Where each role works. */
export const homeOf = (role: Role): string => HOME[role]
