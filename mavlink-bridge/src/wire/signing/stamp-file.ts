import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'
import { MAX_STAMP } from './signature.ts'
import type { StampStore } from './signing-clock.ts'

/**
 * Keeps the reserved stamps of one key in a file: on the disk, whole or not at all, before `save` returns.
 * `load` throws when the file holds anything but a stamp: starting again from 0 could repeat stamps.
 */
export function stampFile(file: string): StampStore {
  return {
    load() {
      let text: string
      try {
        text = readFileSync(file, 'utf8').trim()
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0
        throw error
      }
      const stamp = /^\d{1,15}$/.test(text) ? Number(text) : NaN
      if (!(stamp <= MAX_STAMP)) throw new Error(`${file} does not hold a signing time stamp`)
      return stamp
    },
    save(stamp) {
      const next = `${file}.next`
      const handle = openSync(next, 'w', 0o600)
      try {
        writeSync(handle, `${stamp}\n`)
        fsyncSync(handle)
      } finally {
        closeSync(handle)
      }
      renameSync(next, file)
      const folder = openSync(path.dirname(path.resolve(file)), 'r')
      try {
        fsyncSync(folder)
      } finally {
        closeSync(folder)
      }
    },
  }
}
