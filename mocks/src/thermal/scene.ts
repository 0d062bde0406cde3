/** A warm thing on the ground. */
export interface WarmThing {
  /** What it belongs to: parts of one body are hidden together. */
  readonly id: string
  readonly kind: 'person' | 'rock' | 'goat' | 'car' | 'transformer'
  /** Metres east and north of the scene's origin. */
  readonly eM: number
  readonly nM: number
  /** Surface temperature, degrees Celsius. */
  readonly tempC: number
  /** Sides of the warm surface as seen from above, metres. */
  readonly sizeM: readonly [number, number]
}

/** What a thermal camera can look at. Metres east and north of one origin. */
export interface Scene {
  readonly seed: number
  groundAmslM(eM: number, nM: number): number
  /** Temperature of the open ground or the tree tops, degrees Celsius. */
  groundC(eM: number, nM: number): number
  /** Share of the ground that leaves hide from above, 0..1. */
  canopy(eM: number, nM: number): number
  /** Spread of the temperature between neighbouring pixels (grass, stones), kelvin. */
  readonly textureK: number
  readonly things: readonly WarmThing[]
}
