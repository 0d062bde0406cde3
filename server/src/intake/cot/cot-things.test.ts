import { DEFAULT_DICTIONARY, type DroneStatus, type Incident } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { statusOf } from '../../domain/test-kit.ts'
import { createCotShare } from './cot-share.ts'
import { droneEvent, incidentEvent, type SharedThing, unitEvent } from './cot-things.ts'
import { readAny } from './test-peer.ts'
import { inDatagram, writeCotXml, writeTakMessage } from './write-event.ts'

const NOW_MS = 1_790_000_000_000
const drone = { id: 'main-1' }
const status = (over: Partial<DroneStatus> = {}): DroneStatus =>
  statusOf('main-1', {
    position: { lngLat: [122.3, 29.9], altAmslM: 120, heightAboveTakeoffM: 100, atMs: NOW_MS - 1000, accuracyM: 2 },
    ...over,
  })
const incident = (over: Partial<Incident> = {}): Incident =>
  ({
    id: 'i1',
    number: 12,
    category: 'missing-person',
    priority: 'critical',
    state: 'dispatched',
    position: [122.3, 29.9],
    place: '普陀山 码头',
    text: '老人走失，穿红衣',
    receivedAtMs: NOW_MS - 3_600_000,
    closedAtMs: null,
    ...over,
  }) as Incident

describe('what others are told', () => {
  it('of a unit is its place while it is on duty', () => {
    const unit = { id: 'u', kind: 'boat' as const, callSign: '海巡-1', onDuty: true }
    const fix = { lngLat: [122, 30] as [number, number], atMs: NOW_MS, speedMps: 3, courseDeg: 90 }
    expect(unitEvent(unit, fix)).toMatchObject({ uid: 'skerry-unit-u', type: 'a-f-S-X', callSign: '海巡-1' })
    expect(unitEvent({ ...unit, onDuty: false }, fix)).toBeNull()
    expect(unitEvent(unit, null)).toBeNull()
  })

  it('of a drone is its kind and place, until that is stale; never a height or course that it has not said', () => {
    expect(droneEvent(drone, status(), NOW_MS)).toMatchObject({
      uid: 'skerry-drone-main-1',
      type: 'a-f-A-M-H-Q',
      atMs: NOW_MS - 1000,
      accuracyM: 2,
      courseDeg: null,
    })
    expect(droneEvent(drone, status({ vehicle: 'fixed-wing' }), NOW_MS)!.type).toBe('a-f-A-M-F-Q')
    expect(droneEvent(drone, status({ vehicle: 'boat' }), NOW_MS)!.type).toBe('a-f-S')
    expect(droneEvent(drone, status({ position: null }), NOW_MS)).toBeNull()
    expect(droneEvent(drone, null, NOW_MS)).toBeNull()
    expect(droneEvent(drone, status(), NOW_MS + 90_000)).toBeNull()
    expect(writeCotXml(droneEvent(drone, status(), NOW_MS)!)).toContain('hae="9999999.0"')
  })

  it('of an incident is its number, level and category, and nothing of a person or of what was said', () => {
    const event = incidentEvent(incident(), DEFAULT_DICTIONARY, NOW_MS)!
    expect(event).toMatchObject({ uid: 'skerry-incident-i1', type: 'b-m-p-s-m', how: 'h-e' })
    expect(event.callSign).toMatch(/^#12 · .+ · .+/)
    const said = writeCotXml(event) + writeTakMessage(event).toString('utf8')
    for (const word of ['老人', '红衣', '普陀山']) expect(said).not.toContain(word)
    // Said again now and then, so that it does not go stale: by a time that is the same for all in between.
    expect(incidentEvent(incident(), DEFAULT_DICTIONARY, event.atMs + 299_999)).toEqual(event)
    expect(incidentEvent(incident(), DEFAULT_DICTIONARY, event.atMs + 300_000)!.atMs).toBe(event.atMs + 300_000)
    expect(incidentEvent(incident({ state: 'closed' }), DEFAULT_DICTIONARY, NOW_MS)).toBeNull()
  })
})

describe('who is told what', () => {
  const sharing = (things: () => SharedThing[]) => {
    let [nowMs, tick] = [NOW_MS, () => {}]
    const share = createCotShare({
      things,
      clock: { nowMs: () => nowMs, after: (_, then) => ((tick = then), () => {}) },
      id: 'x',
    })
    const peer = () => {
      const heard: string[] = []
      const out = {
        write: (bytes: Uint8Array) => {
          for (const text of Buffer.from(bytes).toString().split('<?xml').slice(1)) heard.push(`<?xml${text}`)
        },
        waitingBytes: () => 0,
        end: () => {},
      }
      return { heard, out }
    }
    const pass = (ms: number): void => {
      nowMs += ms
      tick()
    }
    return { share, peer, pass }
  }
  const typesOf = (heard: readonly string[]) => heard.map((xml) => readAny(Buffer.from(xml)).event!.type)

  it('is what its feed names, and an incident that is over is taken off its map once', () => {
    let open = true
    const { share, peer, pass } = sharing(() => [
      { kind: 'drones', event: droneEvent(drone, status(), NOW_MS)! },
      ...(open ? [{ kind: 'incidents' as const, event: incidentEvent(incident(), DEFAULT_DICTIONARY, NOW_MS)! }] : []),
    ])
    const [all, drones] = [peer(), peer()]
    share.telling(new Set(['drones', 'incidents'])).join(all.out)
    share.telling(new Set(['drones'])).join(drones.out)
    pass(2000)
    pass(2000)
    expect(typesOf(all.heard)).toEqual(['a-f-A-M-H-Q', 'b-m-p-s-m'])
    expect(typesOf(drones.heard)).toEqual(['a-f-A-M-H-Q'])
    open = false
    pass(2000)
    pass(2000)
    expect(typesOf(all.heard).slice(2)).toEqual(['t-x-d-d'])
    expect(all.heard[2]).toContain('<link uid="skerry-incident-i1" type="b-m-p-s-m" relation="none"/><__forcedelete/>')
    expect(drones.heard).toHaveLength(1)
    const gone = readAny(inDatagram(writeTakMessage({ ...droneEvent(drone, status(), NOW_MS)!, type: 't-x-d-d' })))
    expect(gone.event!.type).toBe('t-x-d-d')
  })
})
