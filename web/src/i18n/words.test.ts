import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { en } from './en/index.ts'
import { zh } from './zh/index.ts'

const SRC = join(import.meta.dirname, '..')

function leaves(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of Object.entries(tree) as [string, string | object][]) {
    const key = path === '' ? name : `${path}.${name}`
    if (typeof value === 'string') found.set(key, value)
    else for (const [inner, text] of leaves(value, key)) found.set(inner, text)
  }
  return found
}
function sources(): string {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(vue|ts)$/.test(name) && !name.startsWith('i18n') && !name.endsWith('.test.ts'),
  )
  return files.map((name) => readFileSync(join(SRC, name), 'utf8')).join('\n')
}
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]!).sort()

const chinese = leaves(zh)
const english = leaves(en)

it('has every key in both languages', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
})
it('has words, not blanks, and the same places to fill in', () => {
  const faults = [...chinese].filter(([key, text]) => {
    const other = english.get(key) ?? ''
    return text.trim() === '' || other.trim() === '' || places(other).join() !== places(text).join()
  })
  expect(faults).toEqual([])
})
it('has no signs that the message compiler would take for its own', () => {
  expect([...chinese, ...english].filter(([, text]) => /[@|]/.test(text))).toEqual([])
})
it('has no key that nothing on screen uses', () => {
  const code = sources()
  const literal = new Set([...code.matchAll(/['"`]([a-zA-Z]\w*(?:\.[\w-]+)+)['"`]/g)].map((m) => m[1]!))
  const prefixes = [...code.matchAll(/`([a-zA-Z]\w*(?:\.[\w-]+)*\.)\$\{/g)].map((m) => m[1]!)
  const unused = [...chinese.keys()].filter((key) => !literal.has(key) && !prefixes.some((p) => key.startsWith(p)))
  expect(unused).toEqual([])
})
