import { afterAll, describe, expect, it } from 'vitest'
import { storeConformance } from './conformance.ts'
import { countsConformance } from './counts-conformance.ts'
import { retentionConformance } from './retention-conformance.ts'
import { JournalConflict } from '../journal/journal.ts'
import { openStore } from './open-store.ts'
import { realPostgres } from './real-postgres.ts'

const postgres = await realPostgres()

if (typeof postgres === 'string') {
  it('store on PostgreSQL', (context) => {
    expect(postgres).not.toBe('')
    context.skip(`there is no PostgreSQL to be had: ${postgres}`)
  })
} else {
  afterAll(() => postgres.stop(), 120_000) // a disk that others use takes a second for each database
  storeConformance(postgres.name, () => postgres.freshUrl())
  countsConformance(postgres.name, () => postgres.freshUrl())
  retentionConformance(postgres.name, () => postgres.freshUrl())

  describe('two server nodes over one PostgreSQL', () => {
    const clock = { nowMs: () => 1 }
    const draft = (taskId: string) => ({
      atMs: 1,
      actor: { kind: 'system', part: 'test' } as const,
      commandId: null,
      incidentId: null,
      event: { type: 'task.flying', taskId } as const,
    })

    it('number every entry once: whoever is second is told to read on', async () => {
      const url = await postgres.freshUrl()
      const nodes = await Promise.all([openStore({ url, clock }), openStore({ url, clock })])
      const write = async (node: number): Promise<void> => {
        const { journal } = nodes[node]!
        let seq = 0
        for (let done = 0; done < 25;) {
          try {
            seq = (await journal.append([draft(`${node}-${done}`)], seq)).at(-1)!.seq
            done++
          } catch (error) {
            if (!(error instanceof JournalConflict)) throw error
            seq = error.actualSeq
          }
        }
      }
      await Promise.all([write(0), write(1)])
      const entries = await nodes[0]!.journal.read(0, 100)
      expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
      await Promise.all(nodes.map((node) => node.close()))
    })
  })
}
