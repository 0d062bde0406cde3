import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { EXHIBITS } from './exhibits.ts'
import { layerPages, pictureOf } from './layer-pages.ts'

const docs = new URL('../../docs/layers/', import.meta.url)
const sourceOf = (file: string): string => readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')

it('is what the docstrings say now (otherwise: vitest run layers/gallery -u)', async () => {
  await expect(layerPages(EXHIBITS, sourceOf)).toMatchFileSnapshot(new URL('README.md', docs).pathname)
})

it('has words for every prop of every layer', () => {
  const lines = layerPages(EXHIBITS, sourceOf).split('\n')
  expect(lines.filter((line) => line.startsWith('| `') && line.endsWith('|  |'))).toEqual([])
})

it.each(EXHIBITS)('shows $name at night and by day', ({ name }) => {
  for (const theme of ['night', 'day'] as const) expect(existsSync(new URL(pictureOf(name, theme), docs))).toBe(true)
})
