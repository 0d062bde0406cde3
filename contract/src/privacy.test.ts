import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/** What identifies a person, as fields are called in English and in pinyin. */
const IDENTIFIES =
  /name|phone|mobile|telephone|msisdn|imsi|imei|email|mail|wechat|plate|licen[cs]e|vin$|idcard|idno|idnumber|identity|citizen|passport|ssn|face|portrait|photo|biometr|fingerprint|dna|birth|gender|sex$|ethnic|religio|address$|xingming|shenfen|chepai|dianhua/i
/** Words that only look so. */
const HARMLESS = /^(typename|filename|hostname)$/i

/**
 * The exceptions: staff accounts and seats, and names of things that are no person. Every entry says whose it is; one
 * that is no longer needed fails too.
 */
const ALLOWED: Readonly<Record<string, string>> = {
  'access.ts name': 'staff: seat, account, enrolment',
  'alarms.ts name': 'staff: who acknowledged or shelved',
  'bridge.ts name': 'a link',
  'drift-story.ts name': 'a story of what may have happened',
  'events.ts name': 'staff: who answered a task or an alarm',
  'fleet.ts name': 'staff: who holds a lease; a flight mode, a video stream',
  'fleet.ts photo': 'whether a camera can take one; no picture is kept',
  'recommendation.ts name': 'a junction, a pier or a road',
  'scenarios.ts name': 'a story of what may have happened',
  'searches.ts name': 'staff: the pilot of a task; a pattern, a listed site',
  'zones.ts name': 'a zone',
  'calibrations.ts name': 'a camera or its calibration',
  'checkpoints.ts name': 'a ferry terminal or bridge',
  'vessels.ts name': 'a ship, as it broadcasts it',
}

const folder = import.meta.dirname
const sources = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))

/** Every field that a schema, an interface, an event or a type literal declares. */
function fieldsOf(source: string): string[] {
  const code = source.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
  return [...code.matchAll(/(?:^|[{;,(]|\n)\s*(?:readonly\s+)?'?([A-Za-z_]\w*)'?\??:\s/g)].map((match) => match[1]!)
}

it('sees the fields of schemas and of interfaces', () => {
  const source =
    'export const A = z.strictObject({ unitId: UnitId, plateNo: z.string() })\nexport interface B {\n  phone?: string\n}'
  expect(fieldsOf(source)).toEqual(['unitId', 'plateNo', 'phone'])
  expect(fieldsOf(readFileSync(path.join(folder, 'units.ts'), 'utf8'))).toEqual(
    expect.arrayContaining(['callSign', 'accuracyM', 'assignment']),
  )
})
it('has no field for a person: no name, number, face, plate or phone outside the named exceptions', () => {
  const found = new Set<string>()
  for (const file of sources)
    for (const field of fieldsOf(readFileSync(path.join(folder, file), 'utf8')))
      if (IDENTIFIES.test(field) && !HARMLESS.test(field)) found.add(`${file} ${field}`)
  expect([...found].sort()).toEqual(Object.keys(ALLOWED).sort())
})
