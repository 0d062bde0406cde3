import { describe, expect, it } from 'vitest'
import { placeLabels, textWidthPx, type LabelBox, type LabelPlace } from './place-labels.ts'

const box = (x: number, y: number): LabelBox => ({ x, y, widthPx: 60, heightPx: 16, clearPx: 25 })

function overlaps(boxes: readonly LabelBox[], places: readonly LabelPlace[]): number {
  const rects = boxes.map((one, index) => {
    const { anchor, dxPx, dyPx } = places[index]!
    const left = one.x + dxPx - { start: 0, middle: one.widthPx / 2, end: one.widthPx }[anchor]
    return { left, right: left + one.widthPx, top: one.y + dyPx - 8, bottom: one.y + dyPx + 8 }
  })
  let count = 0
  for (const [i, a] of rects.entries())
    for (const b of rects.slice(i + 1))
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count += 1
  return count
}

describe('placing names', () => {
  it('puts a name that stands alone to the right of its symbol', () => {
    expect(placeLabels([box(100, 100)])).toEqual([{ anchor: 'start', dxPx: 25, dyPx: 0 }])
  })

  it('tells thirty drones on one spot apart: no name covers another', () => {
    const boxes = Array.from({ length: 30 }, () => box(300, 300))
    expect(overlaps(boxes, placeLabels(boxes))).toBe(0)
  })

  it('lets no two names of a dense field cover each other, wherever the symbols stand', () => {
    let state = 7
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647
    for (let round = 0; round < 20; round += 1) {
      const boxes = Array.from({ length: 25 }, () => box(400 * random(), 300 * random()))
      expect(overlaps(boxes, placeLabels(boxes))).toBe(0)
    }
  })

  it('keeps a name off the symbol of a neighbour', () => {
    const [first] = placeLabels([box(100, 100), box(150, 100)])
    expect(first!.anchor).toBe('end')
  })

  it('keeps the place of a name when another comes after it', () => {
    const alone = placeLabels([box(100, 100)])
    expect(placeLabels([box(100, 100), box(100, 190)])[0]).toEqual(alone[0])
  })

  it('keeps a name off what other layers have drawn', () => {
    const drawn = { left: 110, right: 170, top: 90, bottom: 110 }
    expect(placeLabels([box(100, 100)], [drawn])[0]!.anchor).toBe('end')
    // Where every side is taken it goes on to a free row.
    const round = { left: 0, right: 200, top: 60, bottom: 140 }
    const [place] = placeLabels([box(100, 100)], [round])
    expect(Math.abs(place!.dyPx)).toBeGreaterThan(40)
  })

  it('measures Han characters as squares', () => {
    expect(textWidthPx('普陀', 12)).toBe(24)
    expect(textWidthPx('D1', 10)).toBe(12)
  })
})
