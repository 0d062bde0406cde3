import type { LngLat, Zone, ZoneShape } from '@skerry/contract'
import { localFrame, type LocalFrame } from '@skerry/search'
import {
  chordOfCircle,
  chordOfCorridor,
  chordOfRings,
  depthInRingsM,
  toLineM,
  type Chord,
  type FlatLine,
} from './planar.ts'

/** A zone made ready for many questions: its own flat metric frame, and its box in degrees. */
export interface CompiledZone {
  zone: Zone
  frame: LocalFrame
  /** West, south, east, north, degrees. */
  box: readonly [number, number, number, number]
  /** Metres to the edge, positive inside. */
  depthM(x: number, y: number): number
  chord(ax: number, ay: number, bx: number, by: number): Chord | null
}

export function compileZone(zone: Zone): CompiledZone {
  const { shape } = zone
  const points = pointsOf(shape)
  const west = Math.min(...points.map(([lng]) => lng))
  const east = Math.max(...points.map(([lng]) => lng))
  const south = Math.min(...points.map(([, lat]) => lat))
  const north = Math.max(...points.map(([, lat]) => lat))
  const frame = localFrame(shape.kind === 'circle' ? shape.centre : [(west + east) / 2, (south + north) / 2])
  const flat = (line: readonly LngLat[]): FlatLine => Float64Array.from(line.flatMap((at) => [...frame.toLocal(at)]))
  const beyondM = shape.kind === 'circle' ? shape.radiusM : shape.kind === 'corridor' ? shape.halfWidthM : 0
  const [padLng, padLat] = degrees(frame, beyondM)
  const box = [west - padLng, south - padLat, east + padLng, north + padLat] as const
  if (shape.kind === 'polygon') {
    const rings = shape.rings.map(flat)
    return {
      zone,
      frame,
      box,
      depthM: (x, y) => depthInRingsM(rings, x, y),
      chord: (ax, ay, bx, by) => chordOfRings(rings, ax, ay, bx, by),
    }
  }
  if (shape.kind === 'circle') {
    const { radiusM } = shape
    return {
      zone,
      frame,
      box,
      depthM: (x, y) => radiusM - Math.hypot(x, y),
      chord: (ax, ay, bx, by) => chordOfCircle(radiusM, ax, ay, bx, by),
    }
  }
  const line = flat(shape.line)
  const { halfWidthM } = shape
  return {
    zone,
    frame,
    box,
    depthM: (x, y) => halfWidthM - toLineM(line, x, y),
    chord: (ax, ay, bx, by) => chordOfCorridor(line, halfWidthM, ax, ay, bx, by),
  }
}

function pointsOf(shape: ZoneShape): readonly LngLat[] {
  if (shape.kind === 'polygon') return shape.rings.flat()
  return shape.kind === 'circle' ? [shape.centre] : shape.line
}

/** A distance as degrees of longitude and latitude at the frame's origin, a little too large. */
function degrees(frame: LocalFrame, distanceM: number): [number, number] {
  if (distanceM === 0) return [0, 0]
  const [lng, lat] = frame.toLngLat([distanceM, distanceM])
  return [Math.abs(lng - frame.origin[0]) * 1.01, Math.abs(lat - frame.origin[1]) * 1.01]
}
