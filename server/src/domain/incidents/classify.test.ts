import { DEFAULT_DICTIONARY } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { declareDictionary } from '../dictionary/dictionary.ts'
import { DISPATCHER, HOME, NOW_MS, REPORT, world } from '../test-kit.ts'
import { decideIncidentReport } from './report.ts'

const FIRE = { ...REPORT, category: 'fire', subject: null } as const

describe('an incident under a dictionary', () => {
  it('carries the category, its class and its level, and the first level of a priority where none is said', () => {
    const town = world()
    town.give(DISPATCHER, { ...FIRE, category: 'crowd', priority: 'notice', level: 'enquiry' })
    expect(town.only('incident')).toMatchObject({ category: 'crowd', class: 'public-order', level: 'enquiry' })
    town.give(DISPATCHER, { ...FIRE, priority: 'notice' })
    expect(town.only('incident')).toMatchObject({ category: 'fire', class: 'fire', level: 'routine' })
  })
  it('is refused with a category or a level that the dictionary does not have, or a level of another priority', () => {
    const { give } = world()
    expect(give(DISPATCHER, { ...FIRE, category: 'ufo' })).toBe('unknown-incident-category')
    expect(give(DISPATCHER, { ...FIRE, level: 'purple' })).toBe('unknown-level')
    expect(give(DISPATCHER, { ...FIRE, priority: 'notice', level: 'emergency' })).toBe('level-differs')
  })
  it('of an agency that names its categories otherwise takes the reports of machines by their class', () => {
    const town = world()
    const categories = DEFAULT_DICTIONARY.categories.map((one) => ({ ...one, id: `own-${one.id}` }))
    town.apply(declareDictionary(town.picture, { ...DEFAULT_DICTIONARY, categories }))
    expect(declareDictionary(town.picture, { ...DEFAULT_DICTIONARY, categories })).toEqual([])
    const call = {
      externalId: 'a',
      category: 'vessel-distress',
      priority: 'critical' as const,
      position: HOME,
      place: '',
      occurredAtMs: NOW_MS,
      text: '',
    }
    const done = decideIncidentReport(town.picture, call, { nowMs: NOW_MS, newId: town.newId, feed: 'ais' })
    if (done.ok) town.apply(done.value)
    expect(town.only('incident')).toMatchObject({ category: 'own-vessel-distress', class: 'vessel-distress' })
    expect(town.give(DISPATCHER, { ...REPORT, category: 'own-missing-person', subject: null })).toBe('subject-required')
  })
})

describe('changing it', () => {
  it('gives another level, with its priority, and says why', () => {
    const town = world()
    town.give(DISPATCHER, { ...FIRE, priority: 'notice' })
    const { id: incidentId } = town.only('incident')
    const change = {
      type: 'incident.classify',
      incidentId,
      category: 'fire',
      level: 'emergency',
      reason: '蔓延',
    } as const
    town.give(DISPATCHER, change)
    expect(town.only('incident')).toMatchObject({ level: 'emergency', priority: 'critical' })
    expect(town.log.at(-1)).toMatchObject({ type: 'incident.classified', reason: '蔓延' })
    expect(town.give(DISPATCHER, change)).toEqual([])
  })
  it('neither makes a missing person of something else nor something else of a missing person', () => {
    const town = world()
    town.give(DISPATCHER, FIRE)
    const change = { type: 'incident.classify', level: 'urgent', reason: '误判' } as const
    const fire = town.only('incident').id
    expect(town.give(DISPATCHER, { ...change, incidentId: fire, category: 'missing-person' })).toBe('subject-required')
    town.give(DISPATCHER, REPORT)
    const person = town.only('incident').id
    expect(town.give(DISPATCHER, { ...change, incidentId: person, category: 'help' })).toBe('subject-not-allowed')
  })
})
