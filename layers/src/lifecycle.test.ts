import { LayerManager, WebMercatorViewport, type Layer } from '@deck.gl/core'
import type { Incident } from '@skerry/contract'
import { NullDevice } from '@luma.gl/test-utils'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { EXHIBITS } from '../gallery/exhibits.ts'
import { candidates, gridFrame, incidents, unitColumns } from '../gallery/samples.ts'
import { CandidateLayer, IncidentLayer, ProbabilityGridLayer, SweptLayer, UnitLayer, type LabelPlace } from './index.ts'

/** As much of a canvas as deck.gl needs to lay out an atlas of letters. */
const page = {
  createElement: () => ({
    getContext: () => ({
      measureText: () => ({
        width: 10,
        actualBoundingBoxAscent: 8,
        actualBoundingBoxDescent: 2,
        actualBoundingBoxLeft: 0,
        actualBoundingBoxRight: 10,
        fontBoundingBoxAscent: 8,
        fontBoundingBoxDescent: 2,
      }),
      getImageData: () => ({ data: new Uint8ClampedArray(4), width: 1, height: 1 }),
      putImageData: () => {},
      fillText: () => {},
    }),
  }),
}
beforeAll(() => vi.stubGlobal('document', page))
afterAll(() => vi.unstubAllGlobals())

let errors: Error[] = []
let manager: LayerManager

beforeEach(() => {
  errors = []
  manager = new LayerManager(new NullDevice({}), {})
  manager.setProps({ onError: (error: Error) => errors.push(error) } as never)
})
afterEach(() => manager.finalize())

function draw(layers: Layer[]): Layer[] {
  manager.setLayers(layers)
  manager.updateLayers()
  return manager.getLayers()
}
const named = (id: string): Layer => {
  const found = manager.getLayers().find((layer) => layer.id === id)
  if (found === undefined) throw new Error(`no layer ${id}`)
  return found
}

const pickedParts = (): string[] =>
  manager
    .getLayers()
    .filter((layer) => layer.props.pickable && !layer.isComposite)
    .map(({ id }) => id)

describe('every layer', () => {
  it.each(EXHIBITS)('$name is made, changes its theme and goes, without an error', ({ build }) => {
    expect(draw(build('night')).length).toBeGreaterThan(1)
    const before = manager.getLayers().length
    expect(draw(build('day'))).toHaveLength(before)
    expect(draw([])).toHaveLength(0)
    expect(errors).toEqual([])
  })
  it.each(EXHIBITS)('$name is picked only where a row of its own data was drawn', ({ build }) => {
    const shown = draw(build('night').map((layer) => layer.clone({ pickable: true })))
    const top = shown.filter((layer) => layer.parent === null)
    for (const layer of shown.filter(
      ({ parent, props }) => parent !== null && top.includes(parent) && props.pickable,
    )) {
      const own = layer.parent?.props as { data?: unknown; columns?: { count: number } }
      if (own.columns === undefined)
        expect(own.data, layer.id).toEqual(expect.arrayContaining(layer.props.data as unknown[]))
      else expect(layer.getNumInstances(), layer.id).toBe(own.columns.count)
    }
  })
})

describe('UnitLayer', () => {
  it('hands its typed arrays to the sub layers as they are, one row per unit', () => {
    const columns = unitColumns()
    draw([new UnitLayer({ id: 'units', columns })])
    const symbol = named('units-symbol')
    expect(symbol.getNumInstances()).toBe(30)
    const data = symbol.props.data as unknown as { attributes: { getPosition: { value: Float64Array } } }
    expect(data.attributes.getPosition.value.buffer).toBe(columns.positions.buffer)
  })
  it('computes nothing again when its props are the same objects', () => {
    const columns = unitColumns()
    draw([new UnitLayer({ id: 'units', columns })])
    const before = named('units-symbol').props.data
    draw([new UnitLayer({ id: 'units', columns })])
    expect(named('units-symbol').props.data).toBe(before)
  })
  it('follows a change in the number of units', () => {
    draw([new UnitLayer({ id: 'units', columns: unitColumns() })])
    draw([new UnitLayer({ id: 'units', columns: { ...unitColumns(), count: 7 } })])
    expect(named('units-plate').getNumInstances()).toBe(7)
  })
  it('is picked by its plate, in the middle too: under the open shape lies a filled one', () => {
    draw([new UnitLayer({ id: 'units', columns: unitColumns(), pickable: true })])
    expect(pickedParts()).toEqual(['units-ground', 'units-plate'])
  })
})

describe('IncidentLayer', () => {
  it('draws no number over another where several incidents are at one place, and the most urgent keeps the first', () => {
    const [of] = incidents()
    const here = ['243', '244', '245', '246', '247'].map((id): Incident => ({
      ...of!,
      id,
      number: Number(id),
      level: id === '243' ? 'emergency' : 'routine',
      priority: id === '243' ? 'critical' : 'notice',
    }))
    manager.activateViewport(
      new WebMercatorViewport({ width: 800, height: 600, longitude: 122, latitude: 30, zoom: 12 }),
    )
    draw([new IncidentLayer({ id: 'incidents', data: here })])
    const words = named('incidents-number-text').props.data as { text: string; place: LabelPlace }[]
    expect(words.map(({ text }) => text.split(' ')[0])).toEqual(['243', '247', '246', '245', '244'])
    const places = words.map(({ place }) => place)
    expect(places[0]).toEqual({ anchor: 'start', dxPx: 26 * 1.15, dyPx: 0 })
    const rows = places.map(({ anchor, dyPx }) => `${anchor} ${dyPx}`)
    expect(new Set(rows).size).toBe(rows.length)
  })
})

describe('CandidateLayer', () => {
  it('is picked in the middle of an open shape too', () => {
    draw([new CandidateLayer({ id: 'candidates', data: candidates(), pickable: true })])
    expect(pickedParts()).toEqual(['candidates-ground', 'candidates-shape'])
  })
})

describe('grid layers', () => {
  it('draw nothing without a map, and drop their image when the map goes', () => {
    draw([new ProbabilityGridLayer({ id: 'p', frame: null }), new SweptLayer({ id: 's', frame: null })])
    expect(manager.getLayers().map((layer) => layer.id)).toEqual(['p', 's'])
    const frame = gridFrame(8)
    draw([new ProbabilityGridLayer({ id: 'p', frame }), new SweptLayer({ id: 's', frame })])
    expect(manager.getLayers().map((layer) => layer.id)).toEqual(['p', 'p-image', 's', 's-image'])
    draw([new ProbabilityGridLayer({ id: 'p', frame: null }), new SweptLayer({ id: 's', frame: null })])
    expect(manager.getLayers()).toHaveLength(2)
  })
  it('keep the meaning of a colour while the map goes down, when the reference is given', () => {
    const first = gridFrame(8)
    const reference = Math.max(...first.poa)
    const later = { ...first, poa: first.poa.map((value) => value / 4) }
    const image = (): Uint8ClampedArray =>
      (named('p').state as unknown as { image: { data: Uint8ClampedArray } }).image.data
    draw([new ProbabilityGridLayer({ id: 'p', frame: first, reference })])
    const brightest = Math.max(...image())
    draw([new ProbabilityGridLayer({ id: 'p', frame: later, reference })])
    expect(Math.max(...image())).toBeLessThan(brightest)
  })
})
