import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { heartbeat } from '../testing/vehicles.ts'
import { encode } from '../wire/encode.ts'
import { framesOfDatagram } from '../wire/framer.ts'
import { createTlogParser } from './tlog-parser.ts'
import { tlogRecord } from './tlog-record.ts'
import { createTlogWriter } from './tlog-writer.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'skerry-writer-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const START_US = 1_700_000_000_000_000n
const record = (i: number): Uint8Array => {
  const bytes = encode('HEARTBEAT', heartbeat(3), { seq: i & 0xff, sys: 1, comp: 1 })
  return tlogRecord(START_US + BigInt(i) * 1000n, framesOfDatagram(bytes)[0]!)!
}
function writer({ maxFileBytes = 1000, maxTotalBytes = 1e9, name = 'udp', at = folder } = {}) {
  let nowMs = Date.UTC(2026, 10, 28)
  const faults: unknown[] = []
  const onFault = (error: unknown): unknown => faults.push(error)
  const made = createTlogWriter({ folder: at, name, maxFileBytes, maxTotalBytes, onFault }, () => nowMs++)
  return { made, faults }
}
const files = (): string[] => readdirSync(folder).toSorted()
const recordsIn = (file: string) => {
  const parser = createTlogParser()
  return [...parser.push(readFileSync(path.join(folder, file))), ...parser.end()]
}

describe('the writer of a telemetry log', () => {
  it('begins a new file at the size limit, cuts no record, and loses none', async () => {
    const { made } = writer()
    for (let i = 0; i < 200; i++) {
      made.add(record(i))
      if (i % 7 === 0) await made.flush()
    }
    await made.close()
    const sizes = files().map((file) => statSync(path.join(folder, file)).size)
    expect(sizes.length).toBeGreaterThan(4)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1000)
    const stamps = files().flatMap((file) => recordsIn(file).map(({ atUs }) => atUs))
    expect(stamps).toEqual(Array.from({ length: 200 }, (_, i) => START_US + BigInt(i) * 1000n))
    expect(made.dropped).toBe(0)
  })

  it('keeps all its files within the cap, the newest, and touches nobody else’s', async () => {
    const others = ['udp-2-20200101T000000000Z.tlog', 'udp-notes.txt', 'flight.tlog']
    for (const other of others) writeFileSync(path.join(folder, other), 'x'.repeat(5000))
    const { made } = writer({ maxTotalBytes: 3000 })
    for (let i = 0; i < 500; i++) {
      made.add(record(i))
      await made.flush()
    }
    await made.close()
    const ours = files().filter((file) => !others.includes(file))
    const total = ours.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0)
    expect(total).toBeLessThanOrEqual(3000)
    expect(files()).toEqual(expect.arrayContaining(others))
    expect(recordsIn(ours.at(-1)!).at(-1)?.atUs).toBe(START_US + 499_000n)
  })

  it('holds no more than its bound when it is not written out, and counts what it lets go', async () => {
    const { made } = writer({ maxFileBytes: 1e9 })
    const big = new Uint8Array(60_000)
    for (let i = 0; i < 200; i++) made.add(big)
    expect(made.dropped).toBeGreaterThan(100)
    await made.close()
    expect(statSync(path.join(folder, files()[0]!)).size).toBeLessThan(5e6)
  })

  it('tells a faulty disk once, and goes on when it works again', async () => {
    const blocked = path.join(folder, 'blocked')
    writeFileSync(blocked, 'a file where the folder should be')
    const { made, faults } = writer({ at: blocked })
    for (let i = 0; i < 3; i++) {
      made.add(record(i))
      await made.flush()
    }
    expect(faults).toHaveLength(1)
    expect(made.dropped).toBe(3)
    rmSync(blocked)
    made.add(record(3))
    await made.close()
    expect(readdirSync(blocked)).toHaveLength(1)
  })
})
