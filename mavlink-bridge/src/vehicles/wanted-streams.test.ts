import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { fakeLink } from '../testing/fake-link.ts'
import { copterInAir, heartbeat } from '../testing/vehicles.ts'
import { isMessage } from '../wire/decode.ts'
import { encode } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createFleet } from './fleet.ts'
import { answered, newStreamKeeper, nextAsk, reported } from './stream-keeper.ts'
import { slowdownFor, wantedStreams } from './wanted-streams.ts'

const copter = copterInAir(3, 0)

describe('rates on a link with a budget', () => {
  it('are as wanted where there is no limit, or room for all', () => {
    expect(slowdownFor(copter, null, 100)).toBe(1)
    expect(slowdownFor(copter, 100_000, 4)).toBe(1)
  })
  it('sink with the budget and with the number of vehicles, never the other way round', () => {
    const radio = [1, 2, 4, 8, 16].map((vehicles) => slowdownFor(copter, 2800, vehicles))
    expect(radio).toEqual(radio.toSorted((a, b) => a - b))
    expect(radio[0]).toBeLessThan(radio[4]!)
    for (let budget = 200; budget < 20_000; budget += 200)
      expect(slowdownFor(copter, budget, 3)).toBeGreaterThanOrEqual(slowdownFor(copter, budget + 200, 3))
  })
  it('stay at a watchable pace at the slowest, and what is slow by itself is not made slower', () => {
    const slowest = wantedStreams(copter, 16)
    expect(Math.max(...slowest.map(({ periodMs }) => periodMs))).toBe(5000)
    expect(slowest.find(({ name }) => name === 'GLOBAL_POSITION_INT')?.periodMs).toBe(1600)
  })
})

it('asks a vehicle on a narrow link for slower streams than one on a wide link, and anew when the link fills up', async () => {
  const clock = new FakeClock()
  const link = fakeLink()
  let vehicles = 1
  const narrow = { ...link, load: () => ({ bytesPerS: 5000, vehicles }) }
  const fleet = createFleet({ bridgeId: 'main', link: narrow, clock, onMember: () => undefined })
  let answered = 0
  const positionPeriods = (): number[] =>
    link.sent.flatMap(({ message }) =>
      isMessage(message, 'COMMAND_LONG') && message.fields.command === 511 && message.fields.param1 === 33
        ? [message.fields.param2 / 1000]
        : [],
    )
  const hear = (bytes: Uint8Array): void => {
    for (const frame of framesOfDatagram(bytes)) fleet.hear({ peer: 'a', frame, atMs: clock.nowMs() })
  }
  async function live(seconds: number): Promise<void> {
    for (let i = 0; i < seconds * 4; i++) {
      hear(encode('HEARTBEAT', heartbeat(3), { seq: i, sys: 1, comp: 1 }))
      fleet.tick()
      for (const { message } of link.sent.slice(answered)) {
        answered++
        if (!isMessage(message, 'COMMAND_LONG')) continue
        const { command } = message.fields
        const ack = { command, result: command === 511 ? 0 : 3, target_system: 255, target_component: 190 }
        hear(encode('COMMAND_ACK', { ...ack, progress: 0, result_param2: 0 }, { seq: i, sys: 1, comp: 1 }))
      }
      await clock.advance(250)
    }
  }
  await live(3)
  expect(positionPeriods()[0]).toBe(100)
  vehicles = 12
  await live(10)
  expect(positionPeriods().at(-1)).toBeGreaterThan(100)
})

describe('the newer battery message', () => {
  /** Asks for all that is wanted, once each; the vehicle knows what it knows. Message ids in the order of the questions. */
  function askAll(knows: (id: number) => boolean) {
    let keeper = newStreamKeeper(copter.reboots)
    const ids: number[] = []
    for (;;) {
      const [next, step] = nextAsk(keeper, copter, copter.lastHeartbeatAtMs)
      if (step.ask !== 'interval') return { keeper, ids }
      ids.push(step.stream.id)
      keeper = answered(next, step.stream, knows(step.stream.id) ? 'accepted' : 'refused', copter.lastHeartbeatAtMs)
    }
  }

  it('is asked of a vehicle that refuses the older one, and asked for again when it stays away', () => {
    const { keeper, ids } = askAll((id) => id !== 147)
    expect(ids.filter((id) => id === 147 || id === 369)).toEqual([147, 369])
    const laterMs = copter.lastHeartbeatAtMs + 10_000
    const heardAtMs = new Map(ids.map((id) => [id, id === 369 ? copter.lastHeartbeatAtMs : laterMs]))
    const later = { ...copter, heardAtMs, lastHeartbeatAtMs: laterMs }
    expect(nextAsk(keeper, later, laterMs)[1]).toMatchObject({ ask: 'interval', stream: { id: 369 } })
  })
  it('is asked for again when another station slowed it down', () => {
    const { keeper } = askAll((id) => id !== 147)
    const slowed = reported(keeper, copter, 369, 60_000_000)
    expect(nextAsk(slowed, copter, copter.lastHeartbeatAtMs)[1]).toMatchObject({ ask: 'interval', stream: { id: 369 } })
  })
  it('is not asked for where the older one comes', () => {
    expect(askAll(() => true).ids).not.toContain(369)
  })
})
