import type { Look, OutThing, Shape } from '@skerry/exchange'

/** Colours of the console's day theme, as they are readable on any map. */
export const COLOUR = {
  drone: '#6a3fc0',
  select: '#00639b',
  critical: '#c4221a',
  warning: '#8a5200',
  notice: '#1260a8',
  grey: '#4c6069',
  team: '#1f7a4d',
}

export const look = (colour: string, of: Partial<Look> = {}): Look => ({
  colour,
  widthPx: 2,
  fill: 0,
  symbol: { garmin: 'Flag, Blue', maki: 'marker' },
  ...of,
})

/** A thing without what is not said of it. */
export const thing = (name: string, shape: Shape, drawn: Look, more: Partial<OutThing> = {}): OutThing => ({
  name,
  note: null,
  atMs: null,
  shape,
  look: drawn,
  ...more,
})

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))
