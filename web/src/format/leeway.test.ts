import { LEEWAY_OBJECTS } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { leeway as en } from '../i18n/en/leeway.ts'
import { leeway as zh } from '../i18n/zh/leeway.ts'
import { leewayChoices, leewayText } from './leeway.ts'

describe('kinds of drifting objects', () => {
  it('are found by a few letters of either language, of the taxonomy or of the id', () => {
    expect(leewayChoices('救生衣')).toEqual(['PIW-2', 'PIW-3'])
    expect(leewayChoices('Person VEST')).toEqual(['PIW-2', 'PIW-3'])
    expect(leewayChoices('piw-6')).toEqual(['PIW-6'])
    expect(leewayChoices('ovatek drogue').length).toBeGreaterThan(2)
    expect(leewayChoices('')).toHaveLength(LEEWAY_OBJECTS.length)
    expect(leewayChoices('独角兽')).toEqual([])
  })

  it('have words in both languages for every person in the water, and only for classes that there are', () => {
    for (const words of [zh, en]) {
      for (const id of Object.keys(words)) expect(LEEWAY_OBJECTS.map((object) => object.id)).toContain(id)
      for (const { id } of LEEWAY_OBJECTS.filter((object) => object.id.startsWith('PIW')))
        expect(words).toHaveProperty(id)
    }
  })

  it('keep the name of the taxonomy where a language has none', () => {
    const t = (key: string) => key
    expect(leewayText('PIW-1', t)).toBe('leeway.PIW-1')
    expect(leewayText('SLDMB', t)).toMatch(/drift|datum/i)
  })
})
