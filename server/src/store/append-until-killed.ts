// A process of its own for the durability test: appends one entry after the other, and says each
// number only after the journal has acknowledged it. The test kills it with no warning.
import { writeSync } from 'node:fs'
import { systemClock } from '../clock.ts'
import { openStore } from './open-store.ts'

const url = process.argv[2]
if (url === undefined) throw new Error('usage: append-until-killed.ts URL')
const store = await openStore({ url, clock: systemClock })
for (let { seq } = await store.journal.head(); ;) {
  const entries = await store.journal.append(
    [
      {
        atMs: systemClock.nowMs(),
        actor: { kind: 'system', part: 'durability-test' },
        commandId: null,
        incidentId: null,
        event: { type: 'incident.noted', incidentId: 'i1', text: `entry after ${seq}` },
      },
    ],
    seq,
  )
  seq = entries[0]!.seq
  writeSync(1, `${seq}\n`)
}
