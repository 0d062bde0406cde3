import { describe, expect, it } from 'vitest'
import { FakeClock } from '../testing/fake-clock.ts'
import { NO_LOSS } from '../testing/lossy-link.ts'
import { lossyPort } from '../testing/lossy-port.ts'
import { createRandom } from '../testing/random.ts'
import { isMessage } from '../wire/decode.ts'
import { clearPlan } from './clear-plan.ts'
import { commandPolicy } from './command.ts'
import { createCommandDesk } from './command-desk.ts'
import { readFtpFile } from './ftp-read.ts'
import { uploadMission } from './mission-transfer.ts'
import { listParams, readParam } from './params.ts'

/** No message carries a component of that number. */
const NO_COMPONENT = 300

function setUp() {
  const clock = new FakeClock()
  const link = lossyPort(clock, createRandom(1).next, NO_LOSS)
  const ports = { port: link.port, clock, comp: 1, encoding: 'c_cast', rttMs: 100 } as const
  return { clock, link, ports, left: () => [clock.waiting, link.listeners.size] }
}
/** How it ended, at once: nothing is waited for. */
const endOf = (run: Promise<unknown>) => run.then(() => 'ended', String)
const REFUSED = /^TypeError: .*target_component/

describe('what no message can carry', () => {
  it.each([
    [
      'a list of parameters',
      (ports: ReturnType<typeof setUp>['ports']) => listParams({ ...ports, comp: NO_COMPONENT }),
    ],
    ['a parameter', (ports) => readParam('RTL_ALT', { ...ports, comp: NO_COMPONENT })],
    ['a file', (ports) => readFtpFile('@PARAM/param.pck', { ...ports, comp: NO_COMPONENT })],
    [
      'a plan that is taken out',
      (ports) => clearPlan({ dialect: 'px4', rttMs: 100 }, { ...ports, comp: NO_COMPONENT }),
    ],
  ] as [string, (ports: ReturnType<typeof setUp>['ports']) => Promise<unknown>][])(
    'ends the exchange about %s with the word of the encoder, and leaves nothing behind',
    async (_, run) => {
      const { ports, left } = setUp()
      expect(await endOf(run(ports))).toMatch(REFUSED)
      expect(left()).toEqual([0, 0])
    },
  )

  it('ends an upload in the middle, where the vehicle asks for it', async () => {
    const { ports, link, left, clock } = setUp()
    const whole = { frame: 3, command: 16, param1: 0, param2: 0, param3: 0, param4: 0, y: 0, z: 40 }
    const items = [0, 1].map((seq) => ({ ...whole, seq, x: seq === 1 ? 2 ** 40 : 0, current: 0, autocontinue: 1 }))
    link.attach((message) => {
      const asks = isMessage(message, 'MISSION_COUNT') ? 0 : isMessage(message, 'MISSION_ITEM_INT') ? 1 : null
      const common = { target_system: 255, target_component: 190, mission_type: 0 }
      if (asks !== null) link.say('MISSION_REQUEST_INT', { ...common, seq: asks })
    })
    const policy = { dialect: 'px4', rttMs: 100, count: 2, countQuietMs: 1500, itemQuietMs: 1500, maxTries: 5 }
    const run = endOf(uploadMission(items, { ...policy, debounceMs: 90, maxAnswers: 9 } as never, ports))
    await clock.advance(1000)
    expect(await run).toMatch(/^TypeError: MISSION_ITEM_INT\.x/)
    expect(left()).toEqual([0, 0])
  })

  it('ends a command as a fault, and the next one in its lane is said', async () => {
    const { ports, link, left, clock } = setUp()
    const desk = createCommandDesk(ports.port, clock)
    const policy = commandPolicy('query', 100)
    const run = (p5: number) =>
      desk.run({
        spec: { comp: 1, command: 195, params: [0, 0, 0, 0, p5, 0, 0], frame: 3 },
        policy,
        expiresAtMs: clock.nowMs() + 10_000,
      })
    const [odd, fine] = [run(1000), run(30)]
    expect(await odd.ended).toMatchObject({ ok: false, error: { kind: 'fault' } })
    await clock.advance(10)
    expect(link.sent.map(({ name }) => name)).toEqual(['COMMAND_INT'])
    fine.cancel()
    await fine.ended
    expect(left()[1]).toBe(0)
  })
})
