import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as layers from '../src/index.ts'
import { EXHIBITS } from './exhibits.ts'
import { propRows } from './props-table.ts'

it('reads name, type, default and words from the docstring', () => {
  const source =
    'export interface XProps {\n  /** How wide, metres. @default 3 */\n  widthM?: number\n  data: string[]\n}\n'
  expect(propRows(source, 'XProps')).toEqual([
    { name: 'widthM', type: 'number', default: '3', about: 'How wide, metres.' },
    {
      name: 'data',
      type: 'string[]',
      default: '',
      about: 'What is drawn, an object each; a new array for every change.',
    },
  ])
  expect(propRows(source, 'YProps')).toEqual([])
})
it.each(EXHIBITS)('finds the props of $name', ({ name, file }) => {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
  expect(propRows(source, `${name}Props`).length).toBeGreaterThan(0)
})

it('shows every layer that the package gives', () => {
  const given = Object.keys(layers).filter((name) => /^[A-Z]\w*Layer$/.test(name))
  expect(EXHIBITS.map(({ name }) => name).toSorted()).toEqual(given.toSorted())
})
