import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises'
import path from 'node:path'

export interface TlogWriterOptions {
  readonly folder: string
  /** First part of every file's name; of one writer at a time. */
  readonly name: string
  /** A file that has grown to this is ended and another begun. */
  readonly maxFileBytes: number
  /** All files of this name together; the oldest go first. */
  readonly maxTotalBytes: number
  /** A fault of the disk, told once until it works again. */
  readonly onFault: (error: unknown) => void
}

export interface TlogWriter {
  /** Takes the bytes of one record. Never waits: what the disk does not take in time is let go and counted. */
  add(record: Uint8Array): void
  /** Writes out what is held. */
  flush(): Promise<void>
  close(): Promise<void>
  readonly dropped: number
}

/** What may wait for a slow disk. */
const MAX_HELD_BYTES = 4 << 20
const FLUSH_AT_BYTES = 64 << 10

/** Writes records to files named `NAME-YYYYMMDDTHHMMSSmmmZ.tlog`, with a cap on each and on all. */
export function createTlogWriter(options: TlogWriterOptions, nowMs: () => number): TlogWriter {
  const { folder, name, maxFileBytes, maxTotalBytes } = options
  let held: Uint8Array[] = []
  let heldBytes = 0
  let dropped = 0
  let file: { readonly handle: FileHandle; readonly path: string; bytes: number } | null = null
  let faulty = false
  let writing: Promise<void> = Promise.resolve()

  async function begin(): Promise<NonNullable<typeof file>> {
    await mkdir(folder, { recursive: true })
    const stamp = new Date(nowMs()).toISOString().replaceAll(/[-:.]/g, '')
    const full = path.join(folder, `${name}-${stamp}.tlog`)
    const handle = await open(full, 'a', 0o600)
    file = { handle, path: full, bytes: (await handle.stat()).size }
    await prune(full)
    return file
  }
  /** Removes the oldest files of this name beyond the cap, never the one being written. */
  async function prune(current: string): Promise<void> {
    const ours = (await readdir(folder)).filter((entry) => isOurs(entry, name)).toSorted()
    const sized = await Promise.all(
      ours.map(async (entry) => ({
        full: path.join(folder, entry),
        bytes: (await stat(path.join(folder, entry))).size,
      })),
    )
    // The file being written will grow to its own limit.
    let total = maxFileBytes + sized.reduce((sum, { full, bytes }) => sum + (full === current ? 0 : bytes), 0)
    for (const { full, bytes } of sized) {
      if (total <= maxTotalBytes) return
      if (full === current) continue
      await unlink(full)
      total -= bytes
    }
  }
  async function writeOut(): Promise<void> {
    const records = held
    held = []
    heldBytes = 0
    try {
      for (const part of partsOf(records, maxFileBytes)) {
        if (file !== null && file.bytes + part.length > maxFileBytes) {
          await file.handle.close()
          file = null
        }
        const to = file ?? (await begin())
        await to.handle.appendFile(part)
        to.bytes += part.length
      }
      faulty = false
    } catch (error) {
      dropped += records.length
      // A handle that failed may have written half a record: go on in a new file.
      await file?.handle.close().catch(() => undefined)
      file = null
      if (!faulty) options.onFault(error)
      faulty = true
    }
  }
  function flush(): Promise<void> {
    if (held.length > 0) writing = writing.then(writeOut)
    return writing
  }

  return {
    add(record) {
      if (heldBytes + record.length > MAX_HELD_BYTES) {
        dropped++
        return
      }
      held.push(record)
      heldBytes += record.length
      if (heldBytes >= FLUSH_AT_BYTES && heldBytes - record.length < FLUSH_AT_BYTES) void flush()
    },
    flush,
    async close() {
      await flush()
      await file?.handle.close()
      file = null
    },
    get dropped() {
      return dropped
    },
  }
}

const isOurs = (entry: string, name: string): boolean =>
  entry.startsWith(`${name}-`) && /^\d{8}T\d{9}Z\.tlog$/.test(entry.slice(name.length + 1))

/** Records joined into pieces of at most that many bytes; a record is never cut. */
function* partsOf(records: readonly Uint8Array[], maxBytes: number): Generator<Uint8Array> {
  let from = 0
  let bytes = 0
  for (const [i, record] of records.entries()) {
    if (i > from && bytes + record.length > maxBytes) {
      yield Buffer.concat(records.slice(from, i))
      from = i
      bytes = 0
    }
    bytes += record.length
  }
  if (from < records.length) yield Buffer.concat(records.slice(from))
}
