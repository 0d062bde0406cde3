import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { heartbeat } from '../testing/vehicles.ts'
import { isMessage, type TypedName } from '../wire/decode.ts'
import { encode, type EncodeFields } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createSequence } from '../wire/sequence.ts'
import { createFleet } from './fleet.ts'

function setUp() {
  const clock = new FakeClock()
  const link = fakeLink()
  const seen: string[] = []
  const gone: string[] = []
  const faults: string[] = []
  const fleet = createFleet({
    bridgeId: 'main',
    link,
    clock,
    onMember: (droneId) => seen.push(droneId),
    onGone: (droneId, why) => gone.push(`${droneId} ${why}`),
    onFault: (what, error) => faults.push(`${what}: ${String(error)}`),
  })
  const nextSeq = createSequence()
  const say = <N extends TypedName>(
    peer: string,
    name: N,
    fields: EncodeFields<N>,
    from = { sys: 1, comp: 1 },
  ): void => {
    for (const frame of framesOfDatagram(encode(name, fields, { seq: nextSeq(), ...from })))
      fleet.hear({ peer, frame, atMs: clock.nowMs() })
  }
  /** One second of a vehicle: heartbeat, and a position with its boot clock. */
  const live = (peer: string, bootMs: number, lat = 300_000_000, sys = 1): void => {
    say(peer, 'HEARTBEAT', heartbeat(3), { sys, comp: 1 })
    const place = { lat, lon: 1_221_000_000, alt: 60_000, relative_alt: 50_000, vx: 0, vy: 0, vz: 0, hdg: 0 }
    say(peer, 'GLOBAL_POSITION_INT', { time_boot_ms: bootMs, ...place }, { sys, comp: 1 })
  }
  const ids = (): string[] => fleet.members().map(({ droneId, duplicateId }) => (duplicateId ? `${droneId}!` : droneId))
  const version = (peer: string, uid: bigint): void =>
    say(peer, 'AUTOPILOT_VERSION', {
      capabilities: 0n,
      flight_sw_version: 0,
      middleware_sw_version: 0,
      os_sw_version: 0,
      board_version: 0,
      flight_custom_version: new Uint8Array(8),
      middleware_custom_version: new Uint8Array(8),
      os_custom_version: new Uint8Array(8),
      vendor_id: 0,
      product_id: 0,
      uid,
    })
  return { clock, link, fleet, seen, gone, faults, say, live, version, ids }
}

describe('what counts as a vehicle', () => {
  it.each([
    ['a ground station', { type: 6, autopilot: 8 }],
    ['a gimbal', { type: 26, autopilot: 8 }],
    ['an ADS-B receiver', { type: 27, autopilot: 8 }],
    ['an antenna tracker with an autopilot in it', { type: 5, autopilot: 3 }],
  ])('%s does not', (_what, kind) => {
    const { say, ids } = setUp()
    say('a', 'HEARTBEAT', heartbeat(0, kind), { sys: 142, comp: 1 })
    expect(ids()).toEqual([])
  })

  it('its telemetry alone does not, and its heartbeat does', () => {
    const { say, live, ids } = setUp()
    say('a', 'VFR_HUD', { airspeed: 1, groundspeed: 1, alt: 1, climb: 0, heading: 0, throttle: 0 })
    expect(ids()).toEqual([])
    live('a', 1000)
    expect(ids()).toEqual(['main-1'])
  })

  it('a live camera keeps no dead autopilot alive', async () => {
    const { clock, fleet, say, live } = setUp()
    live('a', 1000)
    await clock.advance(4000)
    say('a', 'HEARTBEAT', heartbeat(0, { type: 30, autopilot: 8 }), { sys: 1, comp: 100 })
    const vehicle = fleet.member('main-1')?.session.vehicle()
    expect(vehicle?.lastHeartbeatAtMs).toBe(clock.nowMs() - 4000)
    expect(vehicle?.mode?.name).toBe('AUTO')
  })
})

describe('a message that the encoder refuses', () => {
  it('is a fault of that exchange, noted and not sent, and throws at nobody', () => {
    const rig = setUp()
    rig.live('a', 1000)
    const { port } = rig.fleet.members()[0]!.session
    const target = { target_system: 1, target_component: 999, param_index: -1 }
    expect(() => port.send('PARAM_REQUEST_READ', { ...target, param_id: 'SYSID_THISMAV' })).not.toThrow()
    expect(rig.faults).toEqual([
      'vehicle 1: TypeError: PARAM_REQUEST_READ.target_component: must be an integer 0..255, not 999',
    ])
    expect(rig.link.sent.map(({ message }) => message.name)).not.toContain('PARAM_REQUEST_READ')
  })
})

describe('two addresses with one system id', () => {
  it('are two vehicles, noticed within three seconds, when their clocks differ', async () => {
    const { clock, fleet, live, ids } = setUp()
    const startMs = clock.nowMs()
    for (let s = 1; s <= 3; s++) {
      live('a', 100_000 + s * 1000)
      live('b', 5000 + s * 1000)
      await clock.advance(500)
      fleet.tick()
      await clock.advance(500)
      fleet.tick()
      if (ids().length === 2) break
    }
    expect(clock.nowMs() - startMs).toBeLessThanOrEqual(3000)
    expect(ids()).toEqual(['main-1!', 'main-1b!'])
  })

  it('are two vehicles when they started together and stand apart', async () => {
    const { clock, fleet, live, ids } = setUp()
    for (let s = 1; s <= 3; s++) {
      live('a', s * 1000, 300_000_000)
      live('b', s * 1000, 300_010_000)
      await clock.advance(1000)
      fleet.tick()
    }
    expect(ids()).toEqual(['main-1!', 'main-1b!'])
  })

  it('never mix: each shows its own place', async () => {
    const { clock, fleet, live } = setUp()
    for (let s = 1; s <= 3; s++) {
      live('a', 100_000 + s * 1000, 300_000_000)
      live('b', 5000 + s * 1000, 310_000_000)
      await clock.advance(1000)
      fleet.tick()
    }
    const latitude = (id: string) => fleet.member(id)?.session.vehicle().positions.at(-1)?.lngLat[1]
    expect([latitude('main-1'), latitude('main-1b')]).toEqual([30, 31])
  })

  it('are one vehicle over two ways when clock and place agree', async () => {
    const { clock, fleet, live, ids } = setUp()
    for (let s = 1; s <= 8; s++) {
      live('a', s * 1000)
      live('b', s * 1000)
      await clock.advance(1000)
      fleet.tick()
    }
    expect(ids()).toEqual(['main-1'])
  })

  it('are one vehicle that moved when the first is silent, and it is answered at the new one', async () => {
    const { clock, fleet, live, ids } = setUp()
    live('a', 1000)
    await clock.advance(1000)
    for (let s = 1; s <= 4; s++) {
      live('b', 1000 + s * 1000)
      await clock.advance(1000)
      fleet.tick()
    }
    expect(ids()).toEqual(['main-1'])
    expect(fleet.member('main-1')?.session.peer()).toBe('b')
    expect(fleet.member('main-1')?.session.vehicle().reboots).toBe(0)
  })

  it('carry nothing over when another vehicle took the place of the silent one', async () => {
    const { clock, fleet, live, say, seen, gone } = setUp()
    live('a', 1000)
    say('a', 'HOME_POSITION', {
      latitude: 300_000_000,
      longitude: 1_221_000_000,
      altitude: 5000,
      x: 0,
      y: 0,
      z: 0,
      q: [1, 0, 0, 0],
      approach_x: 0,
      approach_y: 0,
      approach_z: 0,
    })
    expect(fleet.member('main-1')?.session.vehicle().home).not.toBeNull()
    await clock.advance(1000)
    for (let s = 1; s <= 4; s++) {
      live('b', 900_000 + s * 1000)
      await clock.advance(1000)
      fleet.tick()
    }
    expect(fleet.member('main-1')?.session.vehicle()).toMatchObject({ home: null, reboots: 1 })
    expect(gone).toEqual(['main-1 replaced'])
    expect(seen).toEqual(['main-1', 'main-1'])
  })

  it('are two, though the first is silent, when their autopilots have different numbers', async () => {
    const { clock, fleet, live, version, ids } = setUp()
    live('a', 1000)
    version('a', 7n)
    await clock.advance(1000)
    for (let s = 1; s <= 4; s++) {
      live('b', 1000 + s * 1000)
      version('b', 8n)
      await clock.advance(1000)
      fleet.tick()
    }
    expect(ids()).toEqual(['main-1!', 'main-1b!'])
    expect(fleet.member('main-1')?.session.peer()).toBe('a')
  })

  it('are one that moved when the autopilot says the same number, though it does not tell its clock', async () => {
    const { clock, fleet, live, say, version, ids, gone } = setUp()
    live('a', 1000)
    version('a', 7n)
    await clock.advance(4000)
    for (let s = 1; s <= 2; s++) {
      say('b', 'HEARTBEAT', heartbeat(3))
      if (s === 2) version('b', 7n)
      fleet.tick()
      await clock.advance(1000)
    }
    fleet.tick()
    expect(ids()).toEqual(['main-1'])
    expect(fleet.member('main-1')?.session.peer()).toBe('b')
    expect(gone).toEqual([])
  })

  it('end what follows a vehicle when it is gone, however many come and go under one id', async () => {
    const { clock, fleet, live, seen, gone } = setUp()
    for (let i = 0; i < 40; i++) {
      for (let s = 0; s < 70; s++) {
        live('a', 100_000 + (i * 70 + s) * 1000)
        if (s < 4) live(`spoofed-${i}`, 5000 + s * 1000, 310_000_000)
        await clock.advance(1000)
        fleet.tick()
      }
    }
    expect(seen.length).toBe(41)
    expect(gone).toEqual(Array.from({ length: 40 }, () => 'main-1b silent'))
  })

  it('are free again a minute after the second one was switched off', async () => {
    const { clock, fleet, live, ids } = setUp()
    for (let s = 1; s <= 64; s++) {
      live('a', 100_000 + s * 1000)
      if (s <= 3) live('b', 5000 + s * 1000)
      await clock.advance(1000)
      fleet.tick()
      if (s === 60) expect(ids()).toContain('main-1!')
    }
    expect(ids()).toEqual(['main-1'])
  })
})

describe('a vehicle that says nothing by itself', () => {
  const asked = (rig: ReturnType<typeof setUp>): number[] =>
    rig.link.sent.flatMap(({ message }) =>
      isMessage(message, 'COMMAND_LONG') && message.fields.command === 511 ? [message.fields.param1] : [],
    )

  it('is asked for its messages one after the other, position first', async () => {
    const rig = setUp()
    rig.live('a', 1000)
    for (let i = 0; i < 40; i++) {
      rig.fleet.tick()
      rig.say('a', 'COMMAND_ACK', { command: 511, result: 0 })
      rig.say('a', 'COMMAND_ACK', { command: 512, result: 0 })
      await rig.clock.advance(100)
      if (i % 10 === 9) rig.live('a', 1000 + i * 100)
    }
    expect(asked(rig)[0]).toBe(33)
    for (const id of [30, 1, 245, 42, 74, 24, 147, 242, 168, 193]) expect(asked(rig)).toContain(id)
  })

  it('is asked again after its autopilot restarted', async () => {
    const rig = setUp()
    const play = async (bootMs: number): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        if (i % 5 === 0) rig.live('a', bootMs + i * 100)
        rig.fleet.tick()
        rig.say('a', 'COMMAND_ACK', { command: 511, result: 0 })
        await rig.clock.advance(100)
      }
    }
    await play(500_000)
    const before = asked(rig).filter((id) => id === 30).length
    await play(1000)
    expect(before).toBe(1)
    expect(asked(rig).filter((id) => id === 30)).toHaveLength(2)
  })

  it('is not flooded when it never answers, as in a replayed recording', async () => {
    const rig = setUp()
    for (let s = 0; s < 120; s++) {
      rig.live('a', s * 1000)
      for (let i = 0; i < 4; i++) {
        rig.fleet.tick()
        await rig.clock.advance(250)
      }
    }
    expect(rig.link.sent.length).toBeLessThan(60)
    expect(rig.ids()).toEqual(['main-1'])
  })
})

it('keeps no more offered modes than a vehicle can count, whatever it names', () => {
  const { fleet, live, say } = setUp()
  live('a', 1000)
  for (let custom_mode = 0; custom_mode < 1000; custom_mode++) {
    const mode = { number_modes: 255, mode_index: 1, standard_mode: 0, custom_mode, properties: 0 }
    say('a', 'AVAILABLE_MODES', { ...mode, mode_name: `M${custom_mode}` })
  }
  expect(fleet.member('main-1')?.session.vehicle().offeredModes.size).toBe(255)
})
