import { describe, expect, it } from 'vitest'
import { fault, importsOf } from './check-arrows.ts'

describe('the package-arrow rule', () => {
  it('finds every form of import', () => {
    const source = `import { a } from 'one'\nimport 'two'\nexport { b } from "three"\nconst c = await import('four')\nimport type { D } from '@skerry/server'`
    expect(importsOf(source)).toEqual(['one', 'two', 'three', 'four', '@skerry/server'])
  })
  it('lets the server use the search science, and not the other way round', () => {
    expect(fault('server', 'server/src/a.ts', '@skerry/search')).toBeNull()
    expect(fault('search', 'search/src/a.ts', '@skerry/server')).toMatch('may not import')
  })
  it('lets nobody import the simulators', () => {
    for (const from of ['contract', 'search', 'layers', 'mavlink-bridge', 'server', 'web'])
      expect(fault(from, `${from}/src/a.ts`, '@skerry/mocks')).toMatch('may not import')
  })
  it('sees through a relative path into another package', () => {
    expect(fault('web', 'web/src/a.ts', '../../server/src/main.ts')).toMatch('reaches out')
    expect(fault('web', 'web/src/deep/a.ts', '../b.ts')).toBeNull()
  })
})
