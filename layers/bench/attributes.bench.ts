import { LayerManager, type Layer } from '@deck.gl/core'
import { IconLayer, LineLayer } from '@deck.gl/layers'
import { NullDevice } from '@luma.gl/test-utils'
import { emptyColumns, type MoverColumns } from '@skerry/contract'
import { seeded } from '../gallery/samples.ts'
import {
  freshness,
  ICON_MAPPING,
  symbolAtlas,
  UNIT_KINDS,
  UNIT_STATUSES,
  UnitLayer,
  type Rgba,
  type SymbolName,
} from '../src/index.ts'

/** One comparison of ours with a baseline measured in the same run; `ratio` says how many times cheaper ours is. */
interface Row {
  name: string
  baseline: string
  ratio: number
  unit: string
  ours: number
  theirs: number
}

const PLATES = [
  'plate-out',
  'plate-available',
  'plate-assigned',
  'plate-en-route',
  'plate-on-scene',
  'plate-out',
] as const

/** One object per mover, as a store of plain objects would hand them over. */
interface Mover {
  position: [number, number]
  headingDeg: number
  speedMps: number
  ageS: number
  kind: SymbolName
  plate: SymbolName
}

function columnsOf(count: number, seed: number): MoverColumns {
  const rand = seeded(seed)
  const columns = emptyColumns(count)
  for (let i = 0; i < count; i++) {
    columns.handle[i] = i
    columns.positions[i * 2] = 121.5 + rand() * 1.5
    columns.positions[i * 2 + 1] = 29.5 + rand() * 1.5
    columns.headingDeg[i] = rand() * 360
    columns.speedMps[i] = rand() * 20
    columns.ageS[i] = rand() * 10
    columns.state[i] = (Math.floor(rand() * UNIT_KINDS.length) << 4) | Math.floor(rand() * UNIT_STATUSES.length)
  }
  return columns
}

const moversOf = (columns: MoverColumns): Mover[] =>
  Array.from({ length: columns.count }, (_, i) => ({
    position: [columns.positions[i * 2]!, columns.positions[i * 2 + 1]!],
    headingDeg: columns.headingDeg[i]!,
    speedMps: columns.speedMps[i]!,
    ageS: columns.ageS[i]!,
    kind: UNIT_KINDS[columns.state[i]! >> 4]!,
    plate: PLATES[columns.state[i]! & 15]!,
  }))

/** Colour of a mover by the age of its fix. */
const colourOf = ({ ageS }: Mover): Rgba => {
  const fresh = freshness(ageS)
  return [120 + 99 * fresh, 132 + 96 * fresh, 138 + 94 * fresh, 150 + 105 * fresh]
}

/** Where a mover will be in a minute. */
function aheadOf({ position: [lng, lat], headingDeg, speedMps }: Mover): [number, number] {
  const headingRad = (headingDeg * Math.PI) / 180
  const metres = speedMps * 60
  return [lng + (Math.sin(headingRad) * metres) / 96_400, lat + (Math.cos(headingRad) * metres) / 110_900]
}

/** The same line and four icons per mover, by accessors over a new array. */
function objectLayers(data: readonly Mover[]): Layer[] {
  const row = (id: string, getIcon: (mover: Mover) => SymbolName, size: number, turned: boolean): Layer =>
    new IconLayer<Mover>({
      id,
      data,
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      getPosition: (mover) => mover.position,
      getIcon,
      getColor: colourOf,
      getSize: size,
      ...(turned ? { getAngle: (mover: Mover) => -mover.headingDeg } : {}),
    })
  return [
    new LineLayer<Mover>({
      id: 'ahead',
      data,
      getSourcePosition: (mover) => mover.position,
      getTargetPosition: aheadOf,
      getColor: colourOf,
      getWidth: 1.5,
    }),
    row('notch', () => 'notch', 46, true),
    row('ground', () => 'plate', 30, false),
    row('plate', (mover) => mover.plate, 30, false),
    row('symbol', (mover) => mover.kind, 22, false),
  ]
}

/** Milliseconds per update of a layer manager without a GPU: best of five rounds, a new picture for every update. */
function timeMs(layersOf: (update: number) => Layer[]): number {
  const manager = new LayerManager(new NullDevice({}), {})
  const update = (i: number): void => {
    manager.setLayers(layersOf(i))
    manager.updateLayers()
  }
  const UPDATES = 6
  let best = Infinity
  for (let round = 0; round < 6; round++) {
    const start = performance.now()
    for (let i = 0; i < UPDATES; i++) update(i)
    if (round > 0) best = Math.min(best, (performance.now() - start) / UPDATES)
  }
  manager.finalize()
  return best
}

/** Binary against object attributes: one tick of all movers, from the picture to the arrays that the GPU is given. */
export function run(): Row[] {
  return [1_000, 10_000, 50_000].map((count) => {
    const pictures = Array.from({ length: 2 }, (_, seed) => columnsOf(count, seed + 1))
    const objects = pictures.map(moversOf)
    const ours = timeMs((i) => [new UnitLayer({ id: 'units', columns: { ...pictures[i % 2]! } })])
    const theirs = timeMs((i) => objectLayers([...objects[i % 2]!]))
    return {
      name: `layers: ${count} units, one tick into attributes`,
      baseline: 'the same over an array of objects',
      ratio: theirs / ours,
      unit: 'ms per tick',
      ours,
      theirs,
    }
  })
}
