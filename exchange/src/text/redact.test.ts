import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { REDACTED, redactText } from './redact.ts'

describe('a free text', () => {
  it.each([
    ['请联系13800138000', 'phone'],
    ['138-0013-8000，速来', 'phone'],
    ['+86 138 0013 8000', 'phone'],
    ['008613800138000', 'phone'],
    ['１３８００１３８０００', 'phone'],
    ['幺三八洞洞幺三八洞洞洞', 'phone'],
    ['一三八零零一三八零零零', 'phone'],
    ['138****8000', 'phone'],
    ['0580-2026110', 'phone'],
    ['(0580)2026110转12', 'phone'],
    ['报警电话：2026110', 'phone'],
    ['call 555 1234567', 'phone'],
    ['+44 20 7946 0958', 'phone'],
    ['LOS ANGELES POLICE DEPT-LAPD AT 213 485-2389', 'phone'],
    ['身份证33090219800101123X', 'identity'],
    ['330902 19800101 1234', 'identity'],
    ['330902800101123', 'identity'],
    ['护照E12345678', 'identity'],
    ['车牌浙L12345逃逸', 'plate'],
    ['浙L·D12345', 'plate'],
    ['浙L1234警', 'plate'],
    ['write to li.lei@example.com', 'mail'],
  ] as const)('loses what points at a person: %s', (text, kind) => {
    const { text: out, count, kinds } = redactText(text)
    expect([count, kinds[kind]]).toEqual([1, 1])
    expect(out).toContain(REDACTED)
    expect(out).not.toMatch(/\d{5}/)
  })
  it.each([
    'MMSI 412345678 IMO 9266633',
    '联系渔船 MMSI 412345678',
    '2026-11-28 07:00:00 G15 K123+400',
    '122.107,29.985 至 122.3001 29.9400',
    'N29.98530 E122.10720',
    '警情2026112800001',
    '二〇二六年十一月二十八日',
    '约1234567人次',
    '1764312600000',
    '请拨110、119或12345',
    '浙江舟山普陀，浙L 牌照',
    'during 2026112 calls',
    '海拔 120 m，5000 m 外',
  ])('keeps what does not: %s', (text) => expect(redactText(text)).toMatchObject({ text, count: 0 }))
  it('keeps everything around what it loses, several in one text', () => {
    expect(redactText('王家13800138000，李家13900139000，浙L12345。')).toEqual({
      text: `王家${REDACTED}，李家${REDACTED}，${REDACTED}。`,
      count: 3,
      kinds: { phone: 2, identity: 0, plate: 1, mail: 0 },
    })
  })
  it('has nothing left to lose afterwards, whatever it was, and whoever is in the middle of it (property)', () => {
    const number = fc
      .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
      .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`)
    const around = fc.string({ unit: fc.constantFrom('船', '在', ' ', '，', '港', '。', '(', ')'), maxLength: 12 })
    fc.assert(
      fc.property(around, number, around, (before, middle, after) => {
        const once = redactText(before + middle + after)
        expect(once.text).toBe(before + REDACTED + after)
        expect(redactText(once.text).count).toBe(0)
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const once = redactText(text)
        expect(once.count === 0 ? once.text : REDACTED).toBe(once.count === 0 ? text : REDACTED)
      }),
    )
  })
})
