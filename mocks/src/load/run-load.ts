import { loadLand } from '@skerry/basemap/node'
import type { LoadCity } from './city-of-load.ts'
import { declareFeeds } from './declare.ts'
import { droneSpeakers } from './drone-speakers.ts'
import { makeFleet, type Fleet } from './fleet.ts'
import type { LoadOptions } from './load-options.ts'
import { createSchedule } from './schedule.ts'
import { NO_LOG, openSendLog } from './send-log.ts'
import { unitSpeakers } from './unit-speakers.ts'
import { vesselSpeakers } from './vessel-speakers.ts'

const SLICE_MS = 4
const ROSTER_AT_ONCE = 2000
const say = (line: string): void => void process.stdout.write(`mocks: ${line}\n`)

/** Writes the files, or brings the whole city up; the answer stops it. Rejects with one clear line where it cannot run. */
export async function runLoad(o: LoadOptions, token: string | undefined): Promise<() => Promise<void>> {
  const fleet = makeFleet(o.seed, o.size, await loadLand())
  if (o.prepare) {
    say(`wrote ${declareFeeds(o.folder, fleet, o.ports)}`)
    return () => Promise.resolve()
  }
  if (token === undefined || token === '') throw new Error('the roster needs a feed token: set SKERRY_FEED_TOKEN')
  await putRoster(o.server, token, fleet)
  const log = o.log === null ? NO_LOG : openSendLog(o.log)
  const stops: (() => unknown)[] = [log.close]
  let startMs = 0
  const city: LoadCity = {
    fleet,
    ports: o.ports,
    folder: o.folder,
    mavlink: o.mavlink,
    log,
    at: (dueMs) => startMs + dueMs,
    onStop: (stop) => void stops.push(stop),
  }
  const speakers = [...vesselSpeakers(city), ...(await droneSpeakers(city)), ...(await unitSpeakers(city))]
  const schedule = createSchedule(speakers)
  startMs = Math.ceil(Date.now() / 1000) * 1000
  const timer = setInterval(() => schedule(Date.now() - startMs), SLICE_MS)
  say(`${fleet.units.length} units, ${fleet.vessels.length} vessels, ${fleet.drones.length} drones`)
  return async () => {
    clearInterval(timer)
    for (const stop of stops.toReversed()) await stop()
  }
}

async function putRoster(server: URL, token: string, { units }: Fleet): Promise<void> {
  for (let i = 0; i < units.length; i += ROSTER_AT_ONCE) {
    const answer = await fetch(new URL('/api/intake/roster', server), {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ units: units.slice(i, i + ROSTER_AT_ONCE).map(({ roster }) => roster) }),
    })
    if (!answer.ok) throw new Error(`the server did not take the roster: ${answer.status} ${await answer.text()}`)
  }
}
