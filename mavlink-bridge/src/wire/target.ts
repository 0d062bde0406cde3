import { allDefinitions } from './definitions/definitions.ts'
import { HEADER_BYTES } from './frame.ts'

/** Whom a frame is meant for; 0 is everyone, as in messages without a target. */
export interface FrameTarget {
  readonly sys: number
  readonly comp: number
}

type Readable = { readonly v: 1 | 2; readonly id: number; readonly raw: Uint8Array }

const EVERYONE: FrameTarget = { sys: 0, comp: 0 }
/** Payload offsets of the target fields of a message, -1 where it has none. EVENT names them differently. */
const offsets = new Map<number, { readonly sys: number; readonly comp: number }>()
for (const { id, fields } of allDefinitions()) {
  const at = (...names: string[]): number => fields.find(({ name }) => names.includes(name))?.offset ?? -1
  const sys = at('target_system', 'destination_system')
  if (sys >= 0) offsets.set(id, { sys, comp: at('target_component', 'destination_component') })
}

/** Byte of the payload at an offset; bytes that were trimmed are zero. */
export function payloadByte({ v, raw }: Readable, offset: number): number {
  return offset < raw[1]! ? raw[HEADER_BYTES[v] + offset]! : 0
}

/** Target of a frame whose checksum is good. */
export function targetOf(frame: Readable): FrameTarget {
  const at = offsets.get(frame.id)
  if (at === undefined) return EVERYONE
  return { sys: payloadByte(frame, at.sys), comp: at.comp < 0 ? 0 : payloadByte(frame, at.comp) }
}
