/** Name of a symbol in the atlas. */
export type SymbolName = keyof typeof SYMBOLS

/**
 * Our own set, one colour, readable at 20 px: SVG path data in a 64 by 64 box, filled by the even-odd rule.
 * `plate-*` stand behind a unit's symbol and say its status by shape; `notch` points north and is turned by the heading.
 */
export const SYMBOLS = {
  car: 'M12 38l4-12a6 6 0 0 1 6-4h20a6 6 0 0 1 6 4l4 12v10a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2v-2H20v2a2 2 0 0 1-2 2h-4a2 2 0 0 1-2-2zM20 28l-3 8h30l-3-8a2 2 0 0 0-2-1H22a2 2 0 0 0-2 1z',
  foot: 'M32 10a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM26 24h12a4 4 0 0 1 4 4v12h-5v14h-4V42h-2v12h-4V40h-5V28a4 4 0 0 1 4-4z',
  motorbike:
    'M16 34a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM48 34a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM34 16h10v5h-5l8 16h-6l-3-6-6 8h-8l-6-9h14l6-6z',
  boat: 'M30 10h4v8h10l4 14 6 2-6 16a4 4 0 0 1-4 2H20a4 4 0 0 1-4-2l-6-16 6-2 4-14h10zm-6 14-2 7 10-3 10 3-2-7z',
  'ground-team':
    'M20 14a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM44 14a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM32 20a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM14 27h9l1 6a7 7 0 0 0-4 6v9h-8V30a3 3 0 0 1 2-3zM50 27h-9l-1 6a7 7 0 0 1 4 6v9h8V30a3 3 0 0 0-2-3zM27 35h10a4 4 0 0 1 4 4v15H23V39a4 4 0 0 1 4-4z',
  drone:
    'M14 8a8 8 0 0 1 7 12l5 5h12l5-5a8 8 0 1 1 4 4l-5 5v6l5 5a8 8 0 1 1-4 4l-5-5H26l-5 5a8 8 0 1 1-4-4l5-5v-6l-5-5a8 8 0 1 1-3-16zM30 28v8h4v-8z',
  gate: 'M8 30a24 18 0 0 1 48 0v20h-7V38H15v12H8zM15 31h34a17 12 0 0 0-34 0zM29 38h6v12h-6z',
  ferry: 'M22 12h20v8h8v12h6l-6 16H14L8 32h6V20h8zM19 25v6h7v-6zM29 25v6h7v-6zM39 25v6h7v-6zM8 52h48v5H8z',
  tick: 'M16 0h32v64H16z',
  'tick-open': 'M16 0h32v64H16zm5 5v54h22V5z',
  'person-search':
    'M28 8a20 20 0 0 1 16 32l12 12-5 5-12-12A20 20 0 1 1 28 8zm0 6a14 14 0 1 0 0 28 14 14 0 0 0 0-28zM28 18a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM24 28h8a3 3 0 0 1 3 3v6H21v-6a3 3 0 0 1 3-3z',
  critical: 'M32 6 60 56H4z',
  warning: 'M32 4 60 32 32 60 4 32z',
  notice: 'M32 6a26 26 0 1 1 0 52 26 26 0 0 1 0-52z',
  square: 'M8 8h48v48H8z',
  pentagon: 'M32 4 60 25 49 58H15L4 25z',
  hexagon: 'M16 6h32l14 26-14 26H16L2 32z',
  closed: 'M32 6a26 26 0 1 1 0 52 26 26 0 0 1 0-52zm0 6a20 20 0 1 0 0 40 20 20 0 0 0 0-40z',
  candidate: 'M32 4 56 18V46L32 60 8 46V18z',
  'candidate-open': 'M32 4 56 18V46L32 60 8 46V18zm0 7L14 21.500V42.500L32 53 50 42.500V21.500z',
  // Smaller, with a cross at its shoulder, so that its number stays readable.
  'candidate-done':
    'M28 12 50 24V48L28 60 6 48V24zm0 5L10 26.500V45.500L28 55 46 45.500V26.500zM46 4l3-3 6 6 6-6 3 3-6 6 6 6-3 3-6-6-6 6-3-3 6-6z',
  'candidate-confirmed':
    'M32 0 60 16V48L32 64 4 48V16zm0 5L8 18.500V45.500L32 59 56 45.500V18.500zM32 9 52 20.500V43.500L32 55 12 43.500V20.500z',
  plate: 'M32 4a28 28 0 1 1 0 56 28 28 0 0 1 0-56z',
  'plate-available': 'M32 4a28 28 0 1 1 0 56 28 28 0 0 1 0-56zm0 3a25 25 0 1 0 0 50 25 25 0 0 0 0-50z',
  'plate-assigned': 'M32 0a32 32 0 1 1 0 64 32 32 0 0 1 0-64zm0 8a24 24 0 1 0 0 48 24 24 0 0 0 0-48z',
  'plate-en-route':
    'M32 2a30 30 0 1 1 0 60 30 30 0 0 1 0-60zm0 5a25 25 0 1 0 0 50 25 25 0 0 0 0-50zm0 3a22 22 0 1 1 0 44 22 22 0 0 1 0-44zm0 4a18 18 0 1 0 0 36 18 18 0 0 0 0-36z',
  'plate-on-scene': 'M2 2h60v60H2zm6 6v48h48V8z',
  'plate-out': 'M32 2a30 30 0 1 1 0 60 30 30 0 0 1 0-60zm0 4a26 26 0 1 0 0 52 26 26 0 0 0 0-52zM11 50 50 11l3 3-39 39z',
  notch: 'M32 0 42 14H22z',
  'link-live': 'M32 2a30 30 0 1 1 0 60 30 30 0 0 1 0-60zm0 4a26 26 0 1 0 0 52 26 26 0 0 0 0-52z',
  'link-degraded':
    'M28 2h8v5h-8zM28 57h8v5h-8zM2 28h5v8H2zM57 28h5v8h-5zM10 14l5-5 4 4-5 5zM45 13l4-4 5 5-4 4zM10 50l4-4 5 5-4 4zM45 51l5-5 4 4-5 5z',
  'link-lost': 'M6 2 32 28 58 2l4 4-26 26 26 26-4 4-26-26L6 62l-4-4 26-26L2 6z',
  // The diamond of a placard for dangerous goods.
  placard: 'M32 2 62 32 32 62 2 32zm0 9L11 32 32 53 53 32zM29 19h6v15h-6zM29 38h6v6h-6z',
  // A hull seen from above, bow up; a ring where the heading is not known.
  vessel: 'M32 3 46 22V58H18V22zm0 9L23 24V53H41V24z',
  'vessel-still': 'M32 12a20 20 0 1 1 0 40 20 20 0 0 1 0-40zm0 6a14 14 0 1 0 0 28 14 14 0 0 0 0-28z',
  aid: 'M32 5 54 32 32 59 10 32zm0 9L18 32 32 50 46 32zM29 29h6v6h-6z',
  'base-station': 'M14 12h36v40H14zm6 6v28h24V18zM29 24h6v6h6v6h-6v6h-6v-6h-6v-6h6z',
  aircraft: 'M32 4l5 18 23 12v6l-23-6-1 14 8 6v5l-12-3-12 3v-5l8-6-1-14-23 6v-6l23-12z',
  beacon:
    'M32 8a24 24 0 1 1 0 48 24 24 0 0 1 0-48zm0 6a18 18 0 1 0 0 36 18 18 0 0 0 0-36zM29 16h6v13h13v6H35v13h-6V35H16v-6h13z',
} as const

export const SYMBOL_NAMES = Object.keys(SYMBOLS) as SymbolName[]
