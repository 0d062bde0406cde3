import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { ALLOWED } from './privacy-allowed.ts'

/** What identifies a person, as fields are called in English and in pinyin. */
const IDENTIFIES =
  /name|phone|mobile|telephone|msisdn|imsi|imei|email|mail|wechat|plate|licen[cs]e|vin$|idcard|idno|idnumber|identity|citizen|passport|ssn|face|portrait|photo|biometr|fingerprint|dna|birth|gender|sex$|ethnic|religio|address$|contact|xingming|shenfen|chepai|dianhua/i
/** Words that only look so. */
const HARMLESS = /^(typename|filename|hostname|servername|interface)$/i

/** Looked through whole: what comes from outside is read, kept and sent out there. Of the others, each file that has a schema. */
const WHOLE = ['contract/src', 'exchange/src', 'server/src']
const WHERE_SCHEMAS_ARE = ['layers/src', 'mavlink-bridge/src', 'search/src', 'terrain/src', 'web/src']
/** Declares shapes and hardly anything else, so that every key in it counts, whatever stands behind the colon. */
const SHAPES_ALONE = 'contract/src'

const root = path.dirname(import.meta.dirname)

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* sources(file)
    else if (entry.name.endsWith('.ts') && !/\.test\.ts$|\/test/.test(file)) yield file
  }
}

/** A source without its comments and texts. */
const codeOf = (source: string): string =>
  source.replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '').replace(/'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, "''")
const namesOf = (code: string, pattern: RegExp): string[] => [...code.matchAll(pattern)].map((match) => match[1]!)

/** Every field that a schema, an interface or a type literal declares; parameters and texts are none. */
const fieldsOf = (source: string): string[] =>
  namesOf(
    codeOf(source),
    /(?:^|[{;,]|\n)\s*(?:readonly\s+)?([A-Za-z_]\w*)\??:\s*(?:z\.|[A-Z]|string|number|boolean|readonly)/g,
  )
/** The same of a file that declares shapes: every key. */
const keysOf = (source: string): string[] =>
  namesOf(codeOf(source), /(?:^|[{;,(]|\n)\s*(?:readonly\s+)?'?([A-Za-z_]\w*)'?\??:\s/g)

it('sees the fields of schemas and of interfaces', () => {
  const source =
    "export const A = z.strictObject({ unitId: UnitId, plateNo: z.string() })\nexport interface B {\n  phone?: string\n}\nconst c: C = { name: 'x' }"
  expect(fieldsOf(source)).toEqual(['unitId', 'plateNo', 'phone'])
  expect(keysOf(source)).toEqual(['unitId', 'plateNo', 'phone', 'name'])
  const units = readFileSync(path.join(root, 'contract/src/units.ts'), 'utf8')
  expect(keysOf(units)).toEqual(expect.arrayContaining(['callSign', 'accuracyM', 'assignment']))
})
it('has no field for a person outside the named exceptions, in what is told, read, kept or sent out', () => {
  const found = new Set<string>()
  for (const folder of [...WHOLE, ...WHERE_SCHEMAS_ARE])
    for (const file of sources(path.join(root, folder))) {
      const source = readFileSync(file, 'utf8')
      if (!WHOLE.includes(folder) && !source.includes("from 'zod'")) continue
      for (const field of folder === SHAPES_ALONE ? keysOf(source) : fieldsOf(source))
        if (IDENTIFIES.test(field) && !HARMLESS.test(field)) found.add(`${path.relative(root, file)} ${field}`)
    }
  expect([...found].sort()).toEqual(Object.keys(ALLOWED).sort())
})
