import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { isMessage } from '../wire/decode.ts'
import { classOf, commandCode, commandPolicy, type CommandSpec } from './command.ts'
import { createCommandDesk } from './command-desk.ts'

const SET_MODE = 176
const RTL = 20
const spec = (command: number, p1 = 0): CommandSpec => ({ comp: 1, command, params: [p1, 0, 0, 0, 0, 0, 0] })

function setUp() {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, { lost: 0, doubled: 0, late: 0, rttMs: 20 })
  const desk = createCommandDesk(link.port, clock)
  const ack = (
    command: number,
    result: number,
    target = { target_system: 255, target_component: 190 },
    progress = 255,
  ) => link.say('COMMAND_ACK', { command, result, progress, result_param2: 0, ...target })
  const longs = () => link.sent.flatMap((message) => (isMessage(message, 'COMMAND_LONG') ? [message.fields] : []))
  const run = (kind: Parameters<typeof commandPolicy>[0], what: CommandSpec, expiresInMs = 60_000) =>
    desk.run({ spec: what, policy: commandPolicy(kind, 20), expiresAtMs: clock.nowMs() + expiresInMs })
  return { clock, link, desk, ack, longs, run }
}

describe('a command', () => {
  it('succeeds on the ack of its own component and leaves nothing behind', async () => {
    const { clock, link, ack, run } = setUp()
    const { ended } = run('query', spec(512))
    ack(512, 0)
    await clock.advance(50)
    expect(await ended).toEqual({ ok: true, value: undefined })
    expect([clock.waiting, link.listeners.size]).toEqual([0, 0])
  })

  it('raises its confirmation with each repeat and gives up after three', async () => {
    const { clock, longs, run } = setUp()
    const { ended } = run('query', spec(512))
    await clock.advance(10_000)
    expect(await ended).toMatchObject({ ok: false, error: { kind: 'silent', tries: 3 } })
    expect(longs().map(({ confirmation }) => confirmation)).toEqual([0, 1, 2])
  })

  it('that only sets something is said until it runs out', async () => {
    const { clock, longs, run } = setUp()
    const { ended } = run('setting', spec(SET_MODE, 1), 15_000)
    await clock.advance(30_000)
    expect(await ended).toMatchObject({ ok: false, error: { kind: 'expired' } })
    expect(longs().length).toBeGreaterThan(15)
  })

  it('for safety goes by the other ways in turn when it is said again; one that starts a flight does not', async () => {
    const { clock, link, desk, run } = setUp()
    const turns: number[] = []
    const { send } = link.port
    Object.assign(link.port, {
      otherWays: () => 2,
      send: (...[name, fields, turn]: Parameters<typeof send>) => {
        turns.push(turn ?? 0)
        return send(name, fields)
      },
    })
    const started = run('initiating', spec(400, 1))
    await clock.advance(5000)
    await started.ended
    expect(turns).toEqual([0, 0, 0])
    expect(desk.straysUntilMs()).toBe(-Infinity)
    const home = run('safety', spec(RTL))
    await clock.advance(1600)
    home.cancel()
    expect(turns.slice(3)).toEqual([0, 1, 2, 0])
    expect(desk.straysUntilMs()).toBeGreaterThan(clock.nowMs())
  })

  it('that cannot be undone is sent once, whatever the silence', async () => {
    const { clock, longs, run } = setUp()
    const { ended } = run('destructive', spec(185, 1))
    await clock.advance(10_000)
    expect(await ended).toMatchObject({ ok: false, error: { kind: 'silent', tries: 1 } })
    expect(longs()).toHaveLength(1)
  })

  it.each([
    ['return', 20, [0, 0], 'safety'],
    ['asking for a message', 512, [33, 0], 'query'],
    ['arming', 400, [1, 0], 'initiating'],
    ['disarming', 400, [0, 0], 'initiating'],
    ['forced disarming', 400, [0, 21_196], 'destructive'],
    ['setting a mode', 176, [1, 3], 'setting'],
    ['setting a standard mode', 262, [6, 0], 'setting'],
    ['choosing the item of a plan', 224, [1, 1], 'setting'],
    ['starting a plan', 300, [0, 0], 'initiating'],
    ['flight termination', 185, [1, 0], 'destructive'],
    ['one nobody knows', 31_000, [0, 0], 'initiating'],
  ] as const)('%s has its retry class written down', (_what, command, [p1, p2], kind) => {
    expect(classOf({ command, params: [p1, p2, 0, 0, 0, 0, 0] })).toBe(kind)
  })

  it('takes an ack to everyone only where no other of its number waits', async () => {
    const { clock, ack, run, desk } = setUp()
    const one = run('query', spec(512))
    const two = desk.run({
      spec: { ...spec(512), comp: 100 },
      policy: commandPolicy('query', 20),
      expiresAtMs: clock.nowMs() + 60_000,
    })
    ack(512, 0, { target_system: 0, target_component: 0 })
    await clock.advance(10_000)
    expect((await one.ended).ok).toBe(false)
    await two.ended
    const alone = run('query', spec(512))
    ack(512, 0, { target_system: 0, target_component: 0 })
    await clock.advance(50)
    expect((await alone.ended).ok).toBe(true)
  })

  it('is not settled by an ack that another ground station was sent', async () => {
    const { clock, ack, run } = setUp()
    const { ended } = run('query', spec(512))
    ack(512, 0, { target_system: 250, target_component: 190 })
    await clock.advance(10_000)
    expect(await ended).toMatchObject({ ok: false, error: { kind: 'silent' } })
  })

  it.each([
    [1, 'command-temporarily-rejected', ''],
    [2, 'command-denied', ''],
    [3, 'command-unsupported', ''],
    [4, 'command-failed', ''],
    [6, 'command-cancelled', ''],
    [9, 'command-unsupported-frame', ''],
    [10, 'command-not-in-control', ''],
    [99, 'command-result-unknown', '99'],
  ])('ends at result %i, which is the reason %s', async (result, code, detail) => {
    const { clock, ack, run, longs } = setUp()
    const { ended } = run('safety', spec(RTL))
    ack(RTL, result)
    await clock.advance(5000)
    expect(await ended).toEqual({ ok: false, error: { kind: 'refused', result } })
    expect(commandCode(result)).toEqual({ code, detail })
    expect(longs()).toHaveLength(1)
  })

  it('goes out as COMMAND_INT when the vehicle asks for that, once', async () => {
    const { clock, link, ack, run } = setUp()
    const { ended } = run('query', spec(512, 3))
    ack(512, 8)
    await clock.advance(100)
    const ints = link.sent.flatMap((message) => (isMessage(message, 'COMMAND_INT') ? [message.fields] : []))
    expect(ints).toMatchObject([{ command: 512, param1: 3 }])
    ack(512, 8)
    await clock.advance(100)
    expect(await ended).toMatchObject({ ok: false, error: { kind: 'refused', result: 8 } })
  })

  it('waits without repeating while the vehicle is at it, and tells how far', async () => {
    const { clock, desk, ack, longs } = setUp()
    const progress: (number | null)[] = []
    const { ended } = desk.run({
      spec: spec(400),
      policy: commandPolicy('query', 20),
      expiresAtMs: clock.nowMs() + 60_000,
      onProgress: (percent) => progress.push(percent),
    })
    for (const percent of [255, 40, 80]) {
      ack(400, 5, undefined, percent)
      await clock.advance(2500)
    }
    ack(400, 0)
    await clock.advance(100)
    expect(await ended).toEqual({ ok: true, value: undefined })
    expect(progress).toEqual([null, 40, 80])
    expect(longs()).toHaveLength(1)
  })

  it('is never sent after its expiry, and ends then', async () => {
    const { clock, longs, run } = setUp()
    const { ended } = run('safety', spec(RTL), 3000)
    await clock.advance(3000)
    expect(await ended).toEqual({ ok: false, error: { kind: 'expired' } })
    const before = longs().length
    await clock.advance(60_000)
    expect(longs()).toHaveLength(before)
    expect(await run('initiating', spec(400), 0).ended).toEqual({ ok: false, error: { kind: 'expired' } })
    expect(longs()).toHaveLength(before)
  })
})

describe('safety commands', () => {
  it('repeat each half second for five seconds, then every two, until taken back', async () => {
    const { clock, longs, run } = setUp()
    const command = run('safety', spec(RTL))
    await clock.advance(4900)
    expect(longs()).toHaveLength(10)
    await clock.advance(10_100)
    expect(longs().length).toBeGreaterThanOrEqual(15)
    expect(longs().length).toBeLessThanOrEqual(17)
    command.cancel()
    expect(await command.ended).toEqual({ ok: false, error: { kind: 'cancelled' } })
    await clock.advance(20) // what is on its way to the vehicle
    expect(clock.waiting).toBe(0)
  })

  it('take the place of a pending command with the same number at once', async () => {
    const { clock, longs, run } = setUp()
    const start = run('initiating', spec(SET_MODE, 4))
    await clock.advance(100)
    run('safety', spec(SET_MODE, 17))
    expect(longs().map(({ param1 }) => param1)).toEqual([4, 17])
    expect(await start.ended).toMatchObject({ ok: false, error: { kind: 'cancelled' } })
  })

  it('are not settled by the late ack of the command they replaced', async () => {
    const { clock, ack, run } = setUp()
    run('initiating', spec(SET_MODE, 4))
    await clock.advance(100)
    const brake = run('safety', spec(SET_MODE, 17))
    let outcome: unknown = null
    void brake.ended.then((result) => (outcome = result))
    ack(SET_MODE, 4) // the refusal of mode 4, late
    await clock.advance(1000)
    expect(outcome).toBeNull()
    await clock.advance(2500)
    ack(SET_MODE, 0)
    await clock.advance(100)
    expect(outcome).toEqual({ ok: true, value: undefined })
  })
})

it('sends two commands with one number one after the other', async () => {
  const { clock, ack, longs, run } = setUp()
  const first = run('query', spec(511, 30))
  const second = run('query', spec(511, 33))
  expect(longs().map(({ param1 }) => param1)).toEqual([30])
  ack(511, 0)
  await clock.advance(50)
  expect(await first.ended).toMatchObject({ ok: true })
  expect(longs().map(({ param1 }) => param1)).toEqual([30, 33])
  ack(511, 0)
  await clock.advance(50)
  expect(await second.ended).toMatchObject({ ok: true })
})

it('does not use a number for something else while a late ack may still come', async () => {
  const { clock, ack, longs, run } = setUp()
  const lost = run('query', spec(511, 30))
  await clock.advance(2200)
  expect(await lost.ended).toMatchObject({ ok: false, error: { kind: 'silent' } })
  const next = run('query', spec(511, 33))
  await clock.advance(500)
  ack(511, 2) // belongs to the silent one
  await clock.advance(2000)
  expect(longs().every(({ param1 }) => param1 === 30)).toBe(true)
  await clock.advance(1000)
  ack(511, 0)
  await clock.advance(50)
  expect(await next.ended).toMatchObject({ ok: true })
})

describe('the round trip', () => {
  it('is the time to the first answer, not to the end of what it takes', async () => {
    const { clock, desk, ack, run } = setUp()
    const photo = run('query', spec(2000))
    await clock.advance(90)
    ack(2000, 5)
    for (let s = 0; s < 8; s++) {
      await clock.advance(1000)
      ack(2000, 5)
    }
    ack(2000, 0)
    await clock.advance(50)
    expect(await photo.ended).toMatchObject({ ok: true })
    expect(desk.rttMs()).toBeLessThan(200)
  })

  it('never slows the repeats of a safety command beyond its slow retry', async () => {
    const { clock, desk, longs } = setUp()
    desk.run({ spec: spec(RTL), policy: commandPolicy('safety', 8100), expiresAtMs: clock.nowMs() + 60_000 })
    await clock.advance(9900)
    expect(longs()).toHaveLength(5)
  })
})

it('begins nothing after a restart of the vehicle that waited before it', async () => {
  const { clock, desk, ack, longs, run } = setUp()
  const first = run('initiating', spec(SET_MODE, 4))
  const second = run('initiating', spec(SET_MODE, 5))
  const third = run('initiating', spec(SET_MODE, 6))
  desk.reset()
  await clock.advance(10_000)
  for (const { ended } of [first, second, third])
    expect(await ended).toEqual({ ok: false, error: { kind: 'cancelled' } })
  expect(longs().map(({ param1 }) => param1)).toEqual([4])
  expect(clock.waiting).toBe(0)
  const after = run('initiating', spec(SET_MODE, 7))
  expect(longs().map(({ param1 }) => param1)).toEqual([4, 7])
  ack(SET_MODE, 0)
  await clock.advance(50)
  expect(await after.ended).toMatchObject({ ok: true })
})

describe('a second copy of an ack', () => {
  it.each(['initiating', 'safety'] as const)('does not settle the %s command that follows', async (kind) => {
    const { clock, desk, ack, run } = setUp()
    const first = run('initiating', spec(SET_MODE, 4))
    await clock.advance(90)
    ack(SET_MODE, 0)
    await clock.advance(20)
    expect(await first.ended).toMatchObject({ ok: true })
    expect(desk.rttMs()).toBeGreaterThan(90)
    let outcome: unknown = null
    void run(kind, spec(SET_MODE, 17)).ended.then((result) => (outcome = result))
    ack(SET_MODE, 0) // the copy
    await clock.advance(50)
    expect(outcome).toBeNull()
    await clock.advance(200)
    ack(SET_MODE, 4)
    await clock.advance(50)
    expect(outcome).toEqual({ ok: false, error: { kind: 'refused', result: 4 } })
  })

  it('does not delay questions', async () => {
    const { clock, ack, longs, run } = setUp()
    run('query', spec(512, 30))
    ack(512, 0)
    await clock.advance(50)
    run('query', spec(512, 33))
    expect(longs().map(({ param1 }) => param1)).toEqual([30, 33])
  })
})
