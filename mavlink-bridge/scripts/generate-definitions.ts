// Writes src/wire/definitions/messages.json and src/wire/typed-messages.ts from the pinned mavlink-mappings and
// own-messages.ts. Run it after a change of either, then oxfmt: node scripts/run.mjs mavlink-bridge/scripts/generate-definitions.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { ardupilotmega, common, icarous, minimal, standard, uavionix } from 'mavlink-mappings'
import { crcExtraOf } from '../src/wire/definitions/crc-extra.ts'
import {
  type FieldRow,
  layOut,
  type MessageRow,
  SCALAR_BYTES,
  type ScalarType,
} from '../src/wire/definitions/definition.ts'
import { isNanAllowed } from './nan-fields.ts'
import { OWN_EXTENSIONS, OWN_MESSAGES } from './own-messages.ts'
import { typedMessages } from './typed-messages.ts'

const DIALECTS = { minimal, standard, common, uavionix, icarous, ardupilotmega }
const source = path.join(path.dirname(fileURLToPath(import.meta.url)), '../src/wire')
const declarations = path.join(path.dirname(createRequire(import.meta.url).resolve('mavlink-mappings')), 'lib')

/** The text of a class in the mappings' declarations: its doc comments say where NaN has a meaning. */
function classText(dialect: string, className: string): string {
  const text = readFileSync(path.join(declarations, `${dialect}.d.ts`), 'utf8')
  const from = text.indexOf(`class ${className} extends MavLinkData`)
  return text.slice(from, text.indexOf('\n}', from))
}

function docSpeaksOfNan(text: string, property: string): boolean {
  const doc = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${property}:`).exec(text)?.[1] ?? ''
  return /NaN/i.test(doc)
}

/** `uint8_t_mavlink_version`, `uint16_t[]`, `char[]`: the scalar behind the mappings' type names. */
function scalarOf(type: string): ScalarType {
  const scalar = type.replace('[]', '').replace('_mavlink_version', '').replace(/_t$/, '')
  if (!Object.hasOwn(SCALAR_BYTES, scalar)) throw new RangeError(`unknown type ${type}`)
  return scalar as ScalarType
}

const row = (name: string, type: string, length: number, flags: string): FieldRow =>
  flags !== '' ? [name, type, length, flags] : length > 0 ? [name, type, length] : [name, type]

function parseField(text: string, extension: boolean): FieldRow {
  const [, type, length, nan, name] = /^([a-z0-9]+)(?:\[(\d+)\])?(\?)? (\w+)$/.exec(text.trim()) ?? []
  if (type === undefined || name === undefined) throw new SyntaxError(`not a field: ${text}`)
  return row(name, type, Number(length ?? 0), `${extension ? 'e' : ''}${nan === undefined ? '' : 'n'}`)
}

const messages = new Map<number, MessageRow>()
for (const [dialect, { REGISTRY }] of Object.entries(DIALECTS)) {
  for (const message of Object.values(REGISTRY)) {
    const text = classText(dialect, message.name)
    const fields = message.FIELDS.map((field) => {
      const type = scalarOf(field.type)
      const float = type === 'float' || type === 'double'
      const nan = float && (docSpeaksOfNan(text, field.name) || isNanAllowed(message.MSG_NAME, field.source))
      return row(field.source, type, field.length, `${field.extension ? 'e' : ''}${nan ? 'n' : ''}`)
    })
    messages.set(message.MSG_ID, { id: message.MSG_ID, name: message.MSG_NAME, crc: message.MAGIC_NUMBER, fields })
  }
}

const lines = (text: string): string[] => text.trim().split('\n')
for (const line of lines(OWN_MESSAGES)) {
  const [, id, name, crc, fields] = /^(\d+) (\w+) (\d+): (.+)$/.exec(line) ?? []
  if (name === undefined || fields === undefined) throw new SyntaxError(`not a message: ${line}`)
  messages.set(Number(id), {
    id: Number(id),
    name,
    crc: Number(crc),
    fields: fields.split(',').map((field) => parseField(field, false)),
  })
}
for (const line of lines(OWN_EXTENSIONS)) {
  const [name, fields] = line.split(': ')
  const message = [...messages.values()].find((candidate) => candidate.name === name)
  if (message === undefined || fields === undefined) throw new SyntaxError(`no message to extend: ${line}`)
  const added = fields.split(',').map((field) => parseField(field, true))
  messages.set(message.id, { ...message, fields: [...message.fields, ...added] })
}

const sorted = [...messages.values()].sort((a, b) => a.id - b.id)
const wrong = sorted.filter((message) => crcExtraOf(layOut(message)) !== message.crc)
for (const message of wrong) {
  console.error(`${message.name}: CRC extra is ${crcExtraOf(layOut(message))} by its fields, not ${message.crc}`)
}
if (wrong.length > 0) process.exit(1)

writeFileSync(
  path.join(source, 'definitions/messages.json'),
  `[\n${sorted.map((message) => JSON.stringify(message)).join(',\n')}\n]\n`,
)
writeFileSync(path.join(source, 'typed-messages.ts'), typedMessages(sorted.map(layOut)))
console.error(`${sorted.length} messages`)
