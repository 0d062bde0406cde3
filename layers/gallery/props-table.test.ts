import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXHIBITS } from './exhibits.ts'
import { propRows } from './props-table.ts'

it('reads name, type, default and words from the docstring', () => {
  const source =
    'export interface XProps {\n  /** How wide, metres. @default 3 */\n  widthM?: number\n  data: string[]\n}\n'
  expect(propRows(source, 'XProps')).toEqual([
    { name: 'widthM', type: 'number', default: '3', about: 'How wide, metres.' },
    { name: 'data', type: 'string[]', default: '', about: '' },
  ])
  expect(propRows(source, 'YProps')).toEqual([])
})
it.each(EXHIBITS)('finds the props of $name', ({ name, file }) => {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
  expect(propRows(source, `${name}Props`).length).toBeGreaterThan(0)
})
