import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { createTlogParser } from '../tlog/tlog-parser.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { statusOf } from './status.ts'

const FLIGHTS = join(import.meta.dirname, '../../../../shared/data/mavlink/flights')

/** Plays a recording into a fleet, each system from an address of its own, with the recording's time as the clock. */
function fly(name: string, each: (fleet: Fleet, nowMs: number) => void): Fleet {
  let nowMs = 0
  const clock: Clock = { nowMs: () => nowMs, after: () => () => undefined }
  const fleet = createFleet({ bridgeId: 'main', link: fakeLink(), clock, onMember: () => undefined })
  const parser = createTlogParser()
  for (const record of [...parser.push(readFileSync(join(FLIGHTS, name))), ...parser.end()]) {
    nowMs = Number(record.atUs / 1000n)
    for (const frame of framesOfDatagram(record.frame.raw))
      fleet.hear({ peer: `udp:127.0.0.1:${20_000 + frame.sys}`, frame, atMs: nowMs })
    each(fleet, nowMs)
  }
  return fleet
}

const status = (fleet: Fleet, droneId: string, nowMs: number) => {
  const session = fleet.member(droneId)?.session
  if (session === undefined) throw new Error(`${droneId} was not seen`)
  const context = { droneId, remote: '', lossShare: null, duplicateId: false, footprint: null } as const
  return statusOf(session.vehicle(), { ...context, plan: { state: 'unknown', planId: null } }, nowMs)
}

const missing = !existsSync(FLIGHTS)
const why = missing ? ' (skipped: the recorded flights are not beside the repository)' : ''

it.skipIf(missing)(`shows ten vehicles of ten copters, each at its own place${why}`, () => {
  const fleet = fly('ardupilot-ten-copters.tlog', () => undefined)
  expect(fleet.members().map(({ droneId }) => droneId)).toEqual(
    expect.arrayContaining(Array.from({ length: 10 }, (_, i) => `main-${i + 1}`)),
  )
  expect(fleet.members()).toHaveLength(10)
  const places = fleet.members().map(({ droneId }) => status(fleet, droneId, 0).position?.lngLat.join())
  expect(new Set(places).size).toBe(10)
})

it.skipIf(missing)(`follows an ArduCopter mission from the pad to landing at its real place${why}`, () => {
  const seen: string[] = []
  let highestM = 0
  const box = { west: 180, east: -180, south: 90, north: -90 }
  fly('ardupilot-copter-mission.tlog', (fleet, nowMs) => {
    const now = fleet.member('main-1') === undefined ? null : status(fleet, 'main-1', nowMs)
    const at = now?.position
    if (at === null || at === undefined) return
    const word = `${now?.mode?.name} ${now?.armed === true ? 'armed' : 'disarmed'} ${now?.landed}`
    if (seen.at(-1) !== word) seen.push(word)
    highestM = Math.max(highestM, at.heightAboveTakeoffM ?? 0)
    box.west = Math.min(box.west, at.lngLat[0])
    box.east = Math.max(box.east, at.lngLat[0])
    box.south = Math.min(box.south, at.lngLat[1])
    box.north = Math.max(box.north, at.lngLat[1])
  })
  expect(seen).toEqual([
    'STABILIZE disarmed on-ground',
    'GUIDED disarmed on-ground',
    'GUIDED armed on-ground',
    'GUIDED armed taking-off',
    'GUIDED armed in-air',
    'AUTO armed in-air',
    'RTL armed in-air',
    'RTL armed landing',
    'RTL disarmed on-ground',
  ])
  expect(highestM).toBeCloseTo(20, 0)
  expect([box.west, box.south, box.east, box.north].map((degrees) => degrees.toFixed(4))).toEqual([
    '14.4213',
    '50.0873',
    '14.4222',
    '50.0880',
  ])
})

it.skipIf(missing)(`counts plan items from 0 on both autopilots${why}`, () => {
  const reached = (name: string): number[] => {
    const seen = new Set<number>()
    fly(name, (fleet, nowMs) => {
      const current = fleet.member('main-1') === undefined ? null : status(fleet, 'main-1', nowMs).mission.current
      if (current !== null) seen.add(current)
    })
    return [...seen].sort((a, b) => a - b)
  }
  expect(reached('ardupilot-copter-mission.tlog')).toEqual([0, 1, 2, 3, 4])
  expect(reached('px4-quad-mission.tlog')).toEqual([0, 1, 2, 3, 4])
})

it.skipIf(missing)(`reads a PX4 flight: modes, landing and battery${why}`, () => {
  const modes = new Set<string>()
  const fleet = fly('px4-quad-mission.tlog', (now, nowMs) => {
    const mode = now.member('main-1') === undefined ? null : status(now, 'main-1', nowMs).mode
    if (mode !== null) modes.add(mode.name)
  })
  const last = fleet.member('main-1')?.session.vehicle()
  expect([...modes]).toEqual(['HOLD', 'MISSION', 'RTL'])
  expect(last?.autopilot).toBe('px4')
  expect(last?.battery?.remainingShare).toBeCloseTo(0.51)
  expect(last?.texts.map(({ text }) => text)).toContain('Disarmed by landing')
})

it.skipIf(missing)(`hears in PX4's events why it would not start a plan, until it would${why}`, () => {
  const seen: string[] = []
  fly('px4-quad-mission.tlog', (fleet) => {
    const reasons = fleet.member('main-1')?.session.vehicle().armingReport.reasons.join(' + ') ?? ''
    if (seen.at(-1) !== reasons) seen.push(reasons)
  })
  expect(seen).toEqual(['', 'No valid mission available', ''])
})

it.skipIf(missing)(`makes no vehicle of a ground station or a telemetry radio${why}`, () => {
  const fleet = fly('dronekit-flight.tlog', () => undefined)
  expect(fleet.members().map(({ droneId }) => droneId)).toEqual(['main-1'])
  expect(fleet.members()[0]?.session.vehicle().reboots).toBe(1)
})
