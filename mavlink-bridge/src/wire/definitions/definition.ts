/** Scalar types of the MAVLink wire, all little-endian. */
export type ScalarType =
  | 'uint8'
  | 'int8'
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'uint64'
  | 'int64'
  | 'float'
  | 'double'
  | 'char'

/** Bytes of one scalar. */
export const SCALAR_BYTES: Readonly<Record<ScalarType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  uint64: 8,
  int64: 8,
  float: 4,
  double: 8,
  char: 1,
}

export interface FieldDefinition {
  /** As in the MAVLink XML: snake_case, `param1`..`param7`, `x`, `y`, `z`. */
  readonly name: string
  readonly type: ScalarType
  /** Elements of an array field, 0 for a scalar. */
  readonly arrayLength: number
  /** Byte offset in the payload. */
  readonly offset: number
  /** Extension fields exist in MAVLink 2 only, follow the base fields unsorted and are not part of the CRC extra. */
  readonly extension: boolean
  /** The definition gives NaN a meaning here ("unknown", "leave as it is"). */
  readonly nanAllowed: boolean
}

export interface MessageDefinition {
  readonly id: number
  readonly name: string
  /** Checksum seed that ties a frame to this layout. */
  readonly crcExtra: number
  /** Payload bytes of the base fields: the length of a MAVLink 1 frame. */
  readonly baseLength: number
  /** Payload bytes with all extension fields. */
  readonly fullLength: number
  /** In wire order. */
  readonly fields: readonly FieldDefinition[]
}

/** One field in the generated table: name, type, array length (absent or 0: scalar), flags `e` extension, `n` NaN allowed. */
export type FieldRow = readonly [name: string, type: string, arrayLength?: number, flags?: string]

/** One message in the generated table. */
export interface MessageRow {
  readonly id: number
  readonly name: string
  readonly crc: number
  readonly fields: readonly FieldRow[]
}

const isScalarType = (type: string): type is ScalarType => Object.hasOwn(SCALAR_BYTES, type)

/** Lays a table row out: offsets follow from the wire order. Throws RangeError on an unknown type. */
export function layOut(row: MessageRow): MessageDefinition {
  let offset = 0
  let baseLength = 0
  const fields = row.fields.map(([name, type, arrayLength = 0, flags = '']): FieldDefinition => {
    if (!isScalarType(type)) throw new RangeError(`${row.name}.${name}: unknown type ${type}`)
    const field = {
      name,
      type,
      arrayLength,
      offset,
      extension: flags.includes('e'),
      nanAllowed: flags.includes('n'),
    }
    offset += SCALAR_BYTES[type] * Math.max(arrayLength, 1)
    if (!field.extension) baseLength = offset
    return field
  })
  return { id: row.id, name: row.name, crcExtra: row.crc, baseLength, fullLength: offset, fields }
}
