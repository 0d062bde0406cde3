import { DEFAULT_DISTANCE_TABLE, distanceTable } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import {
  draftOfTable,
  emptyDraft,
  exportText,
  fileOfDraft,
  readTableFile,
  shippedDraft,
  troubleOf,
} from './table-draft.ts'

const OWN = {
  attribution: 'Island rescue, 2015 to 2025',
  categories: [
    { id: 'hiker', label: 'Hiker', distancesKm: { flat: [0.3, 0.9, 1.8, 4] as [number, number, number, number] } },
  ],
}

describe('a distance table that is typed', () => {
  it('is the file again that it came from, number for number', () => {
    expect(fileOfDraft(draftOfTable(DEFAULT_DISTANCE_TABLE, ''))).toEqual(
      JSON.parse(JSON.stringify(DEFAULT_DISTANCE_TABLE)),
    )
    expect(distanceTable(JSON.parse(exportText(OWN)))).toEqual(OWN)
  })
  it('takes numbers apart however they are written', () => {
    const draft = draftOfTable(OWN, '岛')
    for (const flat of ['0.3, 0.9, 1.8, 4', '0.3/0.9/1.8/4', ' 0.3，0.9、1.8  4 '])
      expect(fileOfDraft({ ...draft, rows: [{ ...draft.rows[0]!, flat }] })).toEqual(OWN)
  })
  it('names the field that is wrong and what it must be', () => {
    const draft = draftOfTable(OWN, '岛')
    const row = (change: object) => troubleOf({ ...draft, rows: [{ ...draft.rows[0]!, ...change }] })
    expect(troubleOf(draft)).toBeNull()
    expect(row({ mountain: '4 3 2 1' })).toEqual({
      field: 'table.categories[0].distancesKm.mountain',
      must: 'distances',
      detail: '',
    })
    expect(row({ flat: '1 2 x 4' })).toMatchObject({ field: 'table.categories[0].distancesKm.flat', must: 'distances' })
    expect(row({ id: ' ' })).toMatchObject({ field: 'table.categories[0].id', must: 'text' })
    expect(troubleOf({ ...draft, rows: [draft.rows[0]!, draft.rows[0]!] })).toMatchObject({
      must: 'once',
      detail: 'hiker',
    })
    expect(troubleOf(emptyDraft())).toMatchObject({ field: 'table.attribution', must: 'text' })
  })
  it('begun from the one that ships with the program does not claim its source', () => {
    expect(shippedDraft().attribution).toBe('')
    expect(shippedDraft().rows).toHaveLength(DEFAULT_DISTANCE_TABLE.categories.length)
  })
})

describe('a file with a distance table', () => {
  it('is taken, or refused with its field', () => {
    expect(readTableFile(exportText(OWN), '岛')).toEqual({ draft: draftOfTable(OWN, '岛') })
    expect(readTableFile('{', '岛')).toMatchObject({ trouble: { field: null, must: 'json' } })
    expect(readTableFile('{"attribution":"x","categories":[],"more":1}', '岛')).toMatchObject({
      trouble: { field: 'table', must: 'keys' },
    })
  })
})
