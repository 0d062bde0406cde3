import { meets, type Rect } from './rect.ts'

/** A name to be placed beside its symbol. Pixels of the screen, x to the right, y down. */
export interface LabelBox {
  /** Middle of the symbol. */
  x: number
  y: number
  widthPx: number
  heightPx: number
  /** From the middle of the symbol to the edge of its name. */
  clearPx: number
}

/** Where a name goes, from the middle of its symbol. */
export interface LabelPlace {
  anchor: 'start' | 'middle' | 'end'
  dxPx: number
  dyPx: number
}

/**
 * Places names so that none covers another or a symbol: each takes the first free one of right, left, below and above
 * (the order of preference of Imhof 1975), and when all are taken the nearest free row to its right. A name is never
 * left out: two aircraft on one spot are told apart by their names alone. The same input gives the same places.
 * Names are placed in the order given, so an earlier one keeps its place when a later one comes.
 * @param others what other layers have drawn there: no name is put over it while there is a free place
 */
export function placeLabels(labels: readonly LabelBox[], others: readonly Rect[] = []): LabelPlace[] {
  const symbols = labels.map(symbolOf)
  const taken: Rect[] = [...others]
  return labels.map((label, index) => {
    const rivals = symbols.filter((_, other) => other !== index && !sameSpot(labels[other]!, label))
    let place: LabelPlace = { anchor: 'start', dxPx: label.clearPx, dyPx: 0 }
    for (const candidate of candidates(label, labels.length + others.length)) {
      place = candidate
      const rect = rectOf(label, candidate)
      if (!taken.some((one) => meets(one, rect)) && !rivals.some((one) => meets(one, rect))) break
    }
    taken.push(rectOf(label, place))
    return place
  })
}

function* candidates({ clearPx, heightPx }: LabelBox, count: number): Generator<LabelPlace> {
  yield { anchor: 'start', dxPx: clearPx, dyPx: 0 }
  yield { anchor: 'end', dxPx: -clearPx, dyPx: 0 }
  yield { anchor: 'middle', dxPx: 0, dyPx: clearPx }
  yield { anchor: 'middle', dxPx: 0, dyPx: -clearPx }
  // Two rows for each other name are enough to find a free one among names of this height.
  for (let row = 1; row <= 2 * count; row += 1)
    for (const side of [1, -1]) yield { anchor: 'start', dxPx: clearPx, dyPx: side * row * (heightPx + 1) }
}

function rectOf({ x, y, widthPx, heightPx }: LabelBox, { anchor, dxPx, dyPx }: LabelPlace): Rect {
  const left = x + dxPx - { start: 0, middle: widthPx / 2, end: widthPx }[anchor]
  const top = y + dyPx - heightPx / 2
  return { left, top, right: left + widthPx, bottom: top + heightPx }
}

const symbolOf = ({ x, y, clearPx }: LabelBox): Rect => {
  const half = clearPx * 0.7
  return { left: x - half, top: y - half, right: x + half, bottom: y + half }
}

/** Symbols that lie on each other cannot be kept free for each other's names. */
const sameSpot = (a: LabelBox, b: LabelBox): boolean => Math.hypot(a.x - b.x, a.y - b.y) < b.clearPx

/** Width of a text in a proportional font, pixels: Han characters are square, others about 0.6 of that. */
export function textWidthPx(text: string, sizePx: number): number {
  let units = 0
  for (const sign of text) units += sign.codePointAt(0)! >= 0x2e80 ? 1 : 0.6
  return units * sizePx
}
