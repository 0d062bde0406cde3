/** Drawing shapes on a map. */
export const draw = {
  undo: 'Take back a corner',
  clear: 'Clear',
  hole: 'Cut a hole',
  inHole: 'Drawing hole {n}: it is not entered.',
  corners: 'Coordinates (per line: longitude latitude, WGS-84; an empty line begins a hole)',
  wrong: 'A line is no position.',
} as const
