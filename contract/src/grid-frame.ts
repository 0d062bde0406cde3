import type { GridShape } from './searches.ts'

/**
 * A search's map on the wire: the posterior and the achieved POD of each cell, little-endian.
 * header 44 bytes: magic 'SKG1' u32 | rows u16 | cols u16 | cell size f32 m | origin lng f64 | origin lat f64 | revision u32
 *                  | restOfWorld f32 | pos f32 | 0 u32
 * then poa f32[rows*cols] (probability of each cell, not rescaled), then pod u8[rows*cols] (255 = 1.0).
 */
export interface GridFrame {
  shape: GridShape
  revision: number
  restOfWorld: number
  pos: number
  poa: Float32Array
  /** Probability of detection achieved, 0..255 for 0..1. */
  pod: Uint8Array
}

const MAGIC = 0x31474b53
const HEADER = 44

export function encodeGrid(frame: GridFrame): Uint8Array<ArrayBuffer> {
  const { rows, cols, cellM, origin } = frame.shape
  const n = rows * cols
  if (frame.poa.length !== n || frame.pod.length !== n) throw new RangeError('a grid frame needs one value per cell')
  const bytes = new Uint8Array(HEADER + n * 5)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint16(4, rows, true)
  view.setUint16(6, cols, true)
  view.setFloat32(8, cellM, true)
  view.setFloat64(12, origin[0], true)
  view.setFloat64(20, origin[1], true)
  view.setUint32(28, frame.revision, true)
  view.setFloat32(32, frame.restOfWorld, true)
  view.setFloat32(36, frame.pos, true)
  for (let i = 0; i < n; i++) view.setFloat32(HEADER + i * 4, frame.poa[i]!, true)
  bytes.set(frame.pod, HEADER + n * 4)
  return bytes
}

/** @throws RangeError on a block that is not a whole grid frame */
export function decodeGrid(bytes: Uint8Array): GridFrame {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || view.getUint32(0, true) !== MAGIC) throw new RangeError('not a grid frame')
  const rows = view.getUint16(4, true)
  const cols = view.getUint16(6, true)
  const n = rows * cols
  if (bytes.length !== HEADER + n * 5) throw new RangeError('grid frame cut short')
  const poa = new Float32Array(n)
  for (let i = 0; i < n; i++) poa[i] = view.getFloat32(HEADER + i * 4, true)
  return {
    shape: {
      rows,
      cols,
      cellM: view.getFloat32(8, true),
      origin: [view.getFloat64(12, true), view.getFloat64(20, true)],
    },
    revision: view.getUint32(28, true),
    restOfWorld: view.getFloat32(32, true),
    pos: view.getFloat32(36, true),
    poa,
    pod: bytes.slice(HEADER + n * 4),
  }
}
