import { REFUSAL_CODES } from '@skerry/contract'
import { expect, it } from 'vitest'
import { zh } from '../i18n/zh/index.ts'
import { failureText } from './failure.ts'

const t = (key: string, named?: object): string => `${key} ${JSON.stringify(named ?? {})}`

it('has words for every code with which a command can be refused', () => {
  expect(REFUSAL_CODES.filter((code) => !Object.hasOwn(zh.problem.code, code))).toEqual([])
})
it('shows a code it has no words for, with what the server said', () => {
  const failure = { kind: 'problem', status: 409, code: 'brand-new', detail: 'so it is' } as const
  expect(failureText(failure, t)).toBe('problem.other {"code":"brand-new","detail":"so it is"}')
  expect(failureText({ ...failure, code: 'toString' }, t)).toContain('problem.other')
})
