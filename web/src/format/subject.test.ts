import { SUBJECT_CATEGORIES } from '@skerry/search'
import { expect, it } from 'vitest'
import { SUBJECT_IDS, subjectText } from './subject.ts'

it('has words for every kind of person the search science has distances for', () => {
  expect([...SUBJECT_IDS].sort()).toEqual(SUBJECT_CATEGORIES.map((c) => c.id).sort())
})
it('shows the id of a kind it has no words for', () => {
  expect(subjectText('diver', (key) => key)).toBe('diver')
  expect(subjectText('hiker', (key) => key)).toBe('domain.subject.hiker')
})
