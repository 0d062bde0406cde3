import type { Role } from '@skerry/contract'

export type PlaceName = 'dispatch' | 'search' | 'fly' | 'checkpoints' | 'wall' | 'review' | 'settings'

const PLACES: Record<Role, readonly PlaceName[]> = {
  observer: ['dispatch', 'checkpoints', 'wall', 'review'],
  dispatcher: ['dispatch', 'search', 'checkpoints', 'wall', 'review', 'settings'],
  pilot: ['fly', 'dispatch', 'search', 'settings'],
  coordinator: ['search', 'dispatch', 'fly', 'checkpoints', 'wall', 'review', 'settings'],
  admin: ['settings', 'dispatch', 'wall', 'review'],
  unit: [],
  adviser: [],
  guest: [],
  wall: [],
}

/** Workplaces that a role is led to, its own first. The addresses of the others stay open: what one may do there is the server's word. */
export const placesOf = (role: Role): readonly PlaceName[] => PLACES[role]
