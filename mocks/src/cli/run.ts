import { setTimeout as sleep } from 'node:timers/promises'
import { loadLand } from '@skerry/basemap/node'
import { moved } from '../base/flat.ts'
import { createSimClock } from '../base/sim-clock.ts'
import { createAisSender } from '../city/ferry/ais-sender.ts'
import { createFleet } from '../city/ferry/boats.ts'
import { createFerryFeed } from '../city/ferry/ferry-feed.ts'
import { loadTimetable } from '../city/ferry/load-timetable.ts'
import { createIncidentFeed } from '../city/incident-feed.ts'
import { createOutbox, type Outbox } from '../city/outbox.ts'
import { createUnitsFeed } from '../city/units-feed.ts'
import { plainStage } from '../world/plain-stage.ts'
import { makeWorld, padsOf, truthOf } from '../world/world.ts'
import type { Options } from './options.ts'
import { startDrones } from './start-drones.ts'

const TICK_MS = 200
const LONGEST_TICK_MS = 2000
const say = (line: string): void => void process.stdout.write(`mocks: ${line}\n`)

/** Something that declares itself once and then lives from tick to tick. */
interface Feed {
  declare(): void
  tick(passedMs: number): void
}

/** Starts what was asked for; the answer stops it. Rejects with one clear line where it cannot run. */
export async function run(o: Options, token: string | undefined): Promise<() => Promise<void>> {
  const clock = (): number => Date.now()
  const sim = createSimClock(clock(), o.speed)
  const has = (verb: Options['verb']): boolean => o.verb === 'city' || o.verb === verb
  if (o.verb !== 'drone' && (token === undefined || token === ''))
    throw new Error('the intake needs a feed token: set SKERRY_FEED_TOKEN')

  const closers: (() => Promise<void>)[] = []
  const land = await loadLand()
  const world = makeWorld(o.seed, land)
  if (o.printTruth) process.stderr.write(`${truthOf(world)}\n`)

  if (has('drone') && o.drones > 0) {
    const alone = o.at
    const stage = alone === null ? { origin: world.lastSeen, scene: world.scene } : plainStage(o.seed, alone)
    const pads = alone === null ? padsOf(o.drones) : Array.from({ length: o.drones }, (_, i) => moved(alone, i * 15, 0))
    const setup = {
      stage,
      pads,
      firstSystemId: o.firstSystemId,
      autopilots: o.autopilots,
      fault: o.fault,
      operatorControl: o.operatorControl,
      secondPayload: o.secondPayload,
      bootMs: o.bootS * 1000,
      to: o.mavlink,
    }
    const drones = await startDrones({ ...setup, seed: o.seed, clock, sim })
    closers.push(...drones.map((drone) => () => drone.close()))
    say(`${drones.length} drone(s) report to ${o.mavlink.host}:${o.mavlink.port}`)
  }
  if (o.verb !== 'drone' && token !== undefined) {
    // One line to the server each, so that a long list of incidents holds up no position.
    const outbox = (): Outbox => createOutbox({ server: o.server, token, fetch, later, rand: Math.random, say })
    const common = { seed: o.seed, clock, sim }
    const outboxes: Outbox[] = []
    const feed = (make: (outbox: Outbox) => Feed): Feed => {
      const own = outbox()
      outboxes.push(own)
      return make(own)
    }
    const feeds: Feed[] = []
    const person = o.verb === 'city' ? world.person : null
    if (has('units')) feeds.push(feed((own) => createUnitsFeed({ ...common, land, outbox: own, person })))
    if (has('ferries')) {
      const crossings = await loadTimetable(o.timetable)
      const fleet = o.ais === null ? null : createFleet(land)
      feeds.push(feed((outbox) => createFerryFeed({ seed: o.seed, clock, outbox, crossings, surge: o.surge, fleet })))
      if (fleet !== null && o.ais !== null) {
        const ais = createAisSender({ fleet, to: o.ais, clock })
        feeds.push({ declare: () => undefined, tick: () => ais.tick() })
        closers.push(() => ais.close())
        say(`ferries send their AIS to ${o.ais.host}:${o.ais.port}`)
      }
    }
    const call = { lastSeen: world.lastSeen, afterS: o.callAfterS }
    if (has('incidents'))
      feeds.push(feed((own) => createIncidentFeed({ ...common, land, outbox: own, past: o.past, call })))
    const stopFeeds = keepTicking(feeds, clock)
    closers.push(() => {
      stopFeeds()
      for (const own of outboxes) own.close()
      return Promise.resolve()
    })
    say(`feeds go to ${o.server.origin}`)
  }
  return async () => {
    for (const close of closers) await close()
  }
}

function keepTicking(feeds: readonly Feed[], clock: () => number): () => void {
  for (const feed of feeds) feed.declare()
  let last = clock()
  const timer = setInterval(() => {
    const nowMs = clock()
    const passedMs = Math.min(LONGEST_TICK_MS, Math.max(0, nowMs - last))
    last = nowMs
    for (const feed of feeds) feed.tick(passedMs)
  }, TICK_MS)
  return () => clearInterval(timer)
}

function later(act: () => void, ms: number): () => void {
  const stop = new AbortController()
  void sleep(ms, null, { signal: stop.signal, ref: false }).then(act, () => undefined)
  return () => stop.abort()
}
