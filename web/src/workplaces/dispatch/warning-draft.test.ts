import type { Incident, SentWarning } from '@skerry/contract'
import { expect, it } from 'vitest'
import { warningDraftOf, warningForm } from './warning-draft.ts'

const incident = {
  category: 'person-in-water',
  class: 'person-in-water',
  priority: 'critical',
  place: '沈家门',
  searchId: null,
  text: '王某落水 13800138000',
} as Incident
const NAMED = { 'zh-CN': '人员落水', en: 'Person in water' }

it('begins with category and place in both languages, and never with what was said on the telephone', () => {
  const form = warningForm(incident, NAMED, null, false)
  expect(warningDraftOf(form)).toMatchObject({
    status: 'Actual',
    category: 'Rescue',
    severity: 'Severe',
    area: { kind: 'circle', radiusM: 3000 },
    texts: [
      { language: 'zh-CN', headline: '沈家门：人员落水' },
      { language: 'en', headline: 'Person in water: 沈家门' },
    ],
  })
  expect(JSON.stringify(form)).not.toContain('13800138000')
})
it('of a demo is an exercise', () => expect(warningForm(incident, NAMED, null, true).status).toBe('Exercise'))
it('goes out in those languages that have a headline, and not without any', () => {
  const form = warningForm(incident, NAMED, null, false)
  form.texts.en.headline = ' '
  expect(warningDraftOf(form)!.texts.map(({ language }) => language)).toEqual(['zh-CN'])
  form.texts['zh-CN'].headline = ''
  expect(warningDraftOf(form)).toBeNull()
})
it('that changes one which stands begins with what it says', () => {
  const draft = warningDraftOf(warningForm(incident, NAMED, null, false))!
  const standing = {
    draft: { ...draft, severity: 'Minor', texts: [{ ...draft.texts[0]!, headline: '第二次' }] },
    area: { polygons: [], circles: [{ centre: [122, 30], radiusM: 700 }] },
  } as unknown as SentWarning
  expect(warningDraftOf(warningForm(incident, NAMED, standing, false))).toMatchObject({
    severity: 'Minor',
    area: { radiusM: 700 },
    texts: [{ headline: '第二次' }],
  })
})
