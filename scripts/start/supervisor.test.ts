import { describe, expect, it } from 'vitest'
import { lastWord } from './supervisor.ts'

describe('what is said of a part that could not start', () => {
  it('is its error, not the stack nor the version below it', () => {
    const died =
      'file:///a.ts:3\n  x(\n  ^\n\nSyntaxError: Unexpected token\n    at compile (node:internal:1)\n\nNode.js v26.10.0\n'
    expect(lastWord(died)).toBe('SyntaxError: Unexpected token')
  })

  it('is its last line where it said one of its own', () => {
    expect(lastWord('the port 8080 is taken\n')).toBe('the port 8080 is taken')
  })

  it('is nothing where it said nothing', () => {
    expect(lastWord(' \n')).toBeNull()
  })
})
