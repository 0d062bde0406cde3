import type { Viewport } from '@deck.gl/core'

/** Only what changes how symbols lie to each other on the screen; moving the map does not. */
export const viewKey = (viewport: Viewport): string => {
  const { zoom, bearing = 0, pitch = 0 } = viewport as Viewport & { bearing?: number; pitch?: number }
  return [zoom * 8, bearing / 4, pitch / 4].map(Math.round).join('/')
}
