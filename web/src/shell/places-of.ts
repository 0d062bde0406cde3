import type { Role } from '@skerry/contract'

export type PlaceName = 'dispatch' | 'search' | 'fly' | 'wall' | 'review' | 'settings'

const PLACES: Record<Role, readonly PlaceName[]> = {
  observer: ['dispatch', 'wall', 'review'],
  dispatcher: ['dispatch', 'search', 'wall', 'review', 'settings'],
  pilot: ['fly', 'dispatch', 'search', 'settings'],
  coordinator: ['search', 'dispatch', 'fly', 'wall', 'review', 'settings'],
  admin: ['settings', 'dispatch', 'wall', 'review'],
}

/** Workplaces that a role is led to, its own first. The addresses of the others stay open: what one may do there is the server's word. */
export const placesOf = (role: Role): readonly PlaceName[] => PLACES[role]
