import path from 'node:path'
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import type { JournalEntry } from '@skerry/contract'
import { DamagedEntry } from '../store/stored-journal.ts'
import { embeddedFile, openJournalForReading } from '../store/open-store.ts'
import { GENESIS, firstFault, type ChainFault } from './chain.ts'
import type { Journal } from './journal.ts'
import { createSealCheck } from './seal.ts'

const USAGE = `Usage: npm run -s journal -- COMMAND [options]

  verify    check every hash, number and seal of the journal; exit code 0 when it is whole, 1 when it is broken.
            The chain alone cannot show that entries were cut from its end: keep the head that this prints
            somewhere else, and give it with --head the next time.
  export    write every entry to standard output, one JSON line each

  --data DIR   data folder of the embedded store (default: data)
  --url URL    postgres://... instead of a data folder
  --head HASH  verify: the journal must hold the entry with this hash, as an earlier verify printed it
  --json       verify: one JSON line instead of words
  --help       this text
`
const PAGE = 1000
const WORDS: Record<ChainFault['kind'], string> = {
  gap: 'is missing',
  prev: 'does not follow from the entry before it',
  damaged: 'cannot be read any more',
  hash: 'is not what was written: its hash does not fit',
  seal: 'says that it was purged, and is not what a purge left: no seal fits',
}

/** What the command line asks for. */
interface Asked {
  command: 'verify' | 'export'
  url: string
  where: string
  json: boolean
  /** Hash of an entry that the journal must hold; null when none was given. */
  head: string | null
}

/** Null with a line on standard error when the arguments make no sense. */
function readArgs(args: readonly string[], cwd: string, root: string): Asked | 'help' | { wrong: string } {
  let parsed
  try {
    parsed = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        url: { type: 'string' },
        head: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
  } catch (error) {
    return { wrong: (error as Error).message.split('\n')[0]! }
  }
  const { values, positionals } = parsed
  if (values.help) return 'help'
  const [command, ...rest] = positionals
  if (command !== 'verify' && command !== 'export') return { wrong: 'say verify or export' }
  if (rest.length > 0) return { wrong: `unexpected argument ${rest[0]}` }
  const head = values.head?.toLowerCase() ?? null
  if (head !== null && !/^[0-9a-f]{64}$/.test(head)) return { wrong: '--head must be a hash of 64 hexadecimal digits' }
  if (head !== null && command !== 'verify') return { wrong: '--head is for verify' }
  if (values.data !== undefined && values.url !== undefined) return { wrong: '--data and --url exclude one another' }
  if (values.url !== undefined) {
    if (!/^postgres(ql)?:\/\//.test(values.url)) return { wrong: '--url must begin with postgres://' }
    return { command, url: values.url, where: 'the database', json: values.json, head }
  }
  const dir = values.data === undefined ? path.join(root, 'data') : path.resolve(cwd, values.data)
  const file = embeddedFile(dir)
  if (!existsSync(file)) return { wrong: `there is no journal in ${dir}` }
  return { command, url: `sqlite:${file}`, where: dir, json: values.json, head }
}

/** The entries after `head`, or the fault that is found in them or in reading them. */
async function readChecked(
  journal: Journal,
  head: { seq: number; hash: string },
): Promise<{ entries: JournalEntry[]; fault: ChainFault | null }> {
  try {
    const entries = await journal.read(head.seq, PAGE)
    return { entries, fault: firstFault(entries, head) }
  } catch (error) {
    if (!(error instanceof DamagedEntry)) throw error
    if (error.seq === head.seq + 1) return { entries: [], fault: { seq: error.seq, kind: 'damaged' } }
    const entries = await journal.read(head.seq, error.seq - head.seq - 1)
    return { entries, fault: firstFault(entries, head) ?? { seq: error.seq, kind: 'damaged' } }
  }
}

async function verify(journal: Journal, { where, json, head: wanted }: Asked): Promise<number> {
  let found = wanted === null || wanted === GENESIS
  let head = { seq: 0, hash: GENESIS }
  const seals = createSealCheck()
  for (;;) {
    const { entries, fault: inChain } = await readChecked(journal, head)
    seals.take(entries)
    const fault = inChain ?? (entries.length === 0 ? seals.fault() : null)
    if (fault !== null) {
      const { seq, kind } = fault
      if (json) process.stdout.write(`${JSON.stringify({ valid: false, entries: seq - 1, firstBadSeq: seq, kind })}\n`)
      else process.stdout.write(`BROKEN: entry ${seq} of ${where} ${WORDS[kind]}\n`)
      return 1
    }
    const last = entries.at(-1)
    if (last === undefined) break
    found ||= entries.some(({ hash }) => hash === wanted)
    head = { seq: last.seq, hash: last.hash }
  }
  if (!found) {
    if (json) process.stdout.write(`${JSON.stringify({ valid: false, entries: head.seq, missingHead: wanted })}\n`)
    else
      process.stdout.write(
        `BROKEN: ${where} ends with entry ${head.seq} and does not hold entry ${wanted}: its end was cut off or written anew\n`,
      )
    return 1
  }
  if (json) process.stdout.write(`${JSON.stringify({ valid: true, entries: head.seq, headHash: head.hash })}\n`)
  else process.stdout.write(`VALID: ${head.seq} entries in ${where}, head ${head.hash}\n`)
  return 0
}

async function exportAll(journal: Journal): Promise<number> {
  for (let after = 0; ;) {
    const entries = await journal.read(after, PAGE)
    if (entries.length === 0) return 0
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
    await new Promise<void>((resolve) => void process.stdout.write(text, () => resolve()))
    after = entries.at(-1)!.seq
  }
}

async function main(): Promise<number> {
  const asked = readArgs(process.argv.slice(2), process.cwd(), path.resolve(import.meta.dirname, '../../..'))
  if (asked === 'help') {
    process.stdout.write(USAGE)
    return 0
  }
  if ('wrong' in asked) {
    process.stderr.write(`journal: ${asked.wrong} (see --help)\n`)
    return 2
  }
  const { journal, close } = openJournalForReading(asked.url, systemClock)
  try {
    return asked.command === 'verify' ? await verify(journal, asked) : await exportAll(journal)
  } catch (error) {
    process.stderr.write(`journal: cannot be read: ${(error as Error).message}\n`)
    return 2
  } finally {
    await close()
  }
}

process.exitCode = await main()
