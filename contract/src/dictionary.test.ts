import { describe, expect, it } from 'vitest'
import { contrastOf } from './contrast.ts'
import { DEFAULT_DICTIONARY } from './dictionary-default.ts'
import { Dictionary, categoryNamed, classOf, levelOf } from './dictionary.ts'

type Draft = { -readonly [K in keyof Dictionary]: Dictionary[K] }
/** The first fault of the defaults with a change, as `path: message`. */
function faultOf(change: (draft: Draft) => void): string {
  const draft = structuredClone(DEFAULT_DICTIONARY)
  change(draft)
  const [issue] = Dictionary.safeParse(draft).error?.issues ?? []
  return issue === undefined ? 'none' : `${issue.path.join('.')}: ${issue.message}`
}

describe('a dictionary', () => {
  it('has defaults without a fault', () => {
    expect(Dictionary.parse(DEFAULT_DICTIONARY)).toEqual(DEFAULT_DICTIONARY)
  })
  it('tells levels apart by their shape, whatever their colour', () => {
    expect(faultOf(({ levels }) => (levels[1]!.shape = 'triangle'))).toMatch(/^levels\.1\.shape: another level has it/)
  })
  it('refuses a colour that is not seen on its ground, and names the ground', () => {
    expect(faultOf(({ levels }) => (levels[2]!.colour.day = '#ffe066'))).toMatch(
      /^levels\.2\.colour\.day: has a contrast of 1\.\d on #ffffff: at least 3 is needed$/,
    )
    expect(faultOf(({ levels }) => (levels[0]!.colour.night = 'red'))).toContain('must be a colour like #c4221a')
  })
  it('has its levels in order, and one for every priority that alarms and feeds speak of', () => {
    expect(faultOf(({ levels }) => levels.reverse())).toContain('is more urgent than that of the level before it')
    expect(faultOf(({ levels }) => (levels[0]!.priority = 'warning'))).toBe(
      'levels: no level has priority critical: alarms and feeds need one',
    )
  })
  it('has a category for every class that machines report', () => {
    expect(faultOf((draft) => (draft.categories = draft.categories.filter(({ id }) => id !== 'fire')))).toBe(
      'categories: none has class fire: reports of machines and feeds need one',
    )
  })
  it('names what is there twice, and what a rule speaks of and is not there', () => {
    expect(faultOf(({ categories }) => (categories[3]!.id = 'fire'))).toBe('categories.5.id: is there twice: fire')
    const [first] = DEFAULT_DICTIONARY.categories
    expect(faultOf(({ categories }) => categories[0]!.checklist.push(first!.checklist[0]!))).toContain('is there twice')
    expect(faultOf(({ roomRules }) => roomRules[0]!.when.levels.push('purple'))).toBe(
      'roomRules.0.when.levels: no level purple',
    )
  })
})

describe('what is named', () => {
  it('is a category by its id, or the first of a class', () => {
    expect(categoryNamed(DEFAULT_DICTIONARY, 'crowd')?.class).toBe('public-order')
    const renamed = { categories: DEFAULT_DICTIONARY.categories.map((one) => ({ ...one, id: `x-${one.id}` })) }
    expect(categoryNamed(renamed, 'medical')?.id).toBe('x-medical')
    expect(categoryNamed(renamed, 'crowd')).toBeNull()
  })
  it('has a class and a level also where a journal is older than the dictionary', () => {
    expect([classOf({ category: 'fire' }), classOf({ category: 'gone' })]).toEqual(['fire', 'other'])
    expect(classOf({ category: 'fire', class: 'medical' })).toBe('medical')
    expect(levelOf(DEFAULT_DICTIONARY, { priority: 'notice' })?.id).toBe('routine')
    expect(levelOf(DEFAULT_DICTIONARY, { priority: 'notice', level: 'enquiry' })?.id).toBe('enquiry')
    expect(levelOf(DEFAULT_DICTIONARY, { priority: 'warning', level: 'gone' })?.id).toBe('urgent')
  })
})

it('measures contrast as WCAG does', () => {
  expect(contrastOf('#ffffff', '#000000')).toBeCloseTo(21, 5)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})
