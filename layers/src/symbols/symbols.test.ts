import { describe, expect, it } from 'vitest'
import { candidates, incident, CENTRE } from '../../gallery/samples.ts'
import { DEFAULT_DICTIONARY } from '@skerry/contract'
import { incidentLook } from '../incidents/incident-layer.ts'
import { candidateShape } from '../search/finding-layers.ts'
import { ATLAS_HEIGHT, ATLAS_WIDTH, ICON_DEFS, ICON_MAPPING } from './atlas.ts'
import { SYMBOL_NAMES, SYMBOLS } from './paths.ts'

describe('the sprite', () => {
  it('gives every symbol a cell of its own inside the atlas', () => {
    const cells = SYMBOL_NAMES.map((name) => ICON_MAPPING[name])
    for (const { x, y, width, height } of cells) {
      expect(x >= 0 && y >= 0 && x + width <= ATLAS_WIDTH && y + height <= ATLAS_HEIGHT).toBe(true)
    }
    expect(new Set(cells.map(({ x, y }) => `${x} ${y}`)).size).toBe(SYMBOL_NAMES.length)
  })
  it('describes cells to deck.gl as offset, frame and mask', () => {
    const { x, y, width, height } = ICON_MAPPING.boat
    expect(ICON_DEFS.boat).toEqual([0, 0, x, y, width, height, 1])
  })
  it('starts every path inside the 64 by 64 box and draws no two symbols alike', () => {
    for (const name of SYMBOL_NAMES) {
      const [, x, y] = /^M(-?[\d.]+)[ ,](-?[\d.]+)/.exec(SYMBOLS[name]) ?? []
      expect(Number(x) >= 0 && Number(x) <= 64 && Number(y) >= 0 && Number(y) <= 64, name).toBe(true)
    }
    expect(new Set(Object.values(SYMBOLS)).size).toBe(SYMBOL_NAMES.length)
  })
})

describe('shapes', () => {
  it('tell the levels and the closed apart without colour, by day, by night and without a feed', () => {
    const { levels } = DEFAULT_DICTIONARY
    for (const [theme, stale] of [
      ['day', false],
      ['night', false],
      ['night', true],
    ] as const) {
      const look = { levels, theme, stale, lang: 'zh' as const }
      const live = levels.map(({ id, priority }) => incidentLook(incident(1, CENTRE, { level: id, priority }), look))
      const closed = incidentLook(incident(1, CENTRE, { priority: 'critical', state: 'closed' }), look)
      expect(new Set([...live, closed].map(({ symbol }) => symbol)).size).toBe(levels.length + 1)
      expect(live.map(({ word }) => word)).toEqual(['特急', '紧急', '一般', '咨询'])
    }
  })
  it('come from the priority where an incident is older than the levels', () => {
    const look = { levels: DEFAULT_DICTIONARY.levels, theme: 'day' as const, stale: false, lang: 'en' as const }
    expect(incidentLook(incident(1, CENTRE, { priority: 'critical' }), look)).toEqual({
      symbol: 'critical',
      colour: [196, 34, 26, 255],
      word: 'Emergency',
    })
    expect(incidentLook(incident(1, CENTRE, { priority: 'warning' }), { ...look, levels: [] })).toMatchObject({
      symbol: 'warning',
      word: '',
    })
  })
  it('tell a candidate that waits from one that is looked at, confirmed or done with', () => {
    expect(candidates().map((candidate) => candidateShape(candidate))).toEqual([
      'candidate',
      'candidate-open',
      'candidate-open',
      'candidate-confirmed',
      'candidate-done',
      'candidate-done',
    ])
  })
})
