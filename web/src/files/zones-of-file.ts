import { type Datum, ZoneShape } from '@skerry/contract'
import { moved, toWgs84, type ReadFile, type Thing } from '@skerry/exchange'

/** A shape read from a file, with the name it had there. */
export interface ReadShape {
  name: string
  shape: ZoneShape
}
export interface ReadZones {
  shapes: ReadShape[]
  /** How many things could not be a zone: points without a radius, shapes with too many corners, what was left out. */
  skipped: number
}

/** Half width of a line in a file that does not say one (`halfWidthM`), metres. */
const HALF_WIDTH_M = 200
const MOST_NAME = 60

/** Zones of a file: areas as they are, lines and tracks as corridors, points with a `radiusM` as circles. */
export function zonesOf(file: ReadFile, unnamed: string, datum: Datum): ReadZones {
  const shapes: ReadShape[] = []
  let skipped = file.left.reduce((sum, { count }) => sum + count, 0)
  for (const thing of file.things) {
    const shape = ZoneShape.safeParse(shapeOf(moved(thing, (at) => toWgs84(at, datum))))
    if (!shape.success) skipped++
    else shapes.push({ name: (thing.name ?? `${unnamed} ${shapes.length + 1}`).slice(0, MOST_NAME), shape: shape.data })
  }
  return { shapes, skipped }
}

function shapeOf({ shape, halfWidthM = HALF_WIDTH_M, radiusM }: Thing): unknown {
  switch (shape.kind) {
    case 'polygon':
      return { kind: 'polygon', rings: shape.rings }
    case 'line':
      return { kind: 'corridor', line: shape.line, halfWidthM }
    case 'track':
      return { kind: 'corridor', line: shape.pieces.flat().map(({ at }) => at), halfWidthM }
    case 'point':
      return { kind: 'circle', centre: shape.at, radiusM }
  }
}
