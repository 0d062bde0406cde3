import { meets, type Rect } from './rect.ts'

/** Figures that stand around a symbol. Pixels of the screen, x to the right, y down. */
export interface FigureBlock {
  /** The symbol itself, which is always drawn. */
  symbol: Rect
  /** Symbol, figures and name together. */
  whole: Rect
}

/**
 * Which blocks of figures find room: none covers another that is shown, nor the symbol of any other. Taken in the order
 * given, so that the more important keeps its figures. The same input gives the same answer.
 */
export function roomForBlocks(blocks: readonly FigureBlock[]): boolean[] {
  const shown: Rect[] = []
  return blocks.map(({ whole }, index) => {
    const rivals = blocks.filter((_, other) => other !== index).map(({ symbol }) => symbol)
    const free = ![...shown, ...rivals].some((one) => meets(one, whole))
    if (free) shown.push(whole)
    return free
  })
}
