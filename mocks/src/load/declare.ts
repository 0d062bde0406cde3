import { createHash, createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Fleet, LoadUnit } from './fleet.ts'

/** First of four ports in a row: JT/T 808, Cursor on Target, OsmAnd, AIS. */
export interface LoadPorts {
  readonly jt808: number
  readonly cot: number
  readonly osmand: number
  readonly ais: number
}
export const portsFrom = (first: number): LoadPorts => ({
  jt808: first,
  cot: first + 1,
  osmand: first + 2,
  ais: first + 3,
})

/** Numbers of terminals are made up and belong to nobody. */
export const terminalOf = ({ id }: Pick<LoadUnit, 'id'>): string => `19900${id.replaceAll(/\D/g, '').padStart(7, '0')}`
/** The key of a tracker, from the secret of this folder: 256 bits that only it and the file's hash know. */
export const trackerKey = (secret: string, { id }: Pick<LoadUnit, 'id'>): string =>
  createHmac('sha256', secret).update(`tracker ${id}`).digest('base64url')

const SECRET = 'terminal.key'
const EVERYBODY = { messageBytes: 65_536, peerPerS: 100_000, feedPerS: 100_000, connections: 10_000 }

/** Writes the feeds file of a fleet, and the key of its terminals where there is none yet. */
export function declareFeeds(folder: string, fleet: Fleet, ports: LoadPorts): string {
  mkdirSync(folder, { recursive: true })
  const keyFile = path.join(folder, SECRET)
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32).toString('hex'), { mode: 0o600 })
  const key = readSecret(folder)
  const of = (protocol: LoadUnit['protocol']): LoadUnit[] => fleet.units.filter((unit) => unit.protocol === protocol)
  const here = { from: ['127.0.0.1'], limits: EVERYBODY }
  const feeds = [
    {
      name: 'terminals',
      protocol: 'jt808',
      kind: 'tcp-listen',
      at: `127.0.0.1:${ports.jt808}`,
      ...here,
      hashKeyFile: SECRET,
      terminals: of('jt808').map((unit) => ({
        terminal: createHmac('sha256', key).update(terminalOf(unit)).digest('hex'),
        unit: unit.id,
      })),
    },
    {
      name: 'tak',
      protocol: 'cot',
      kind: 'udp-listen',
      at: `127.0.0.1:${ports.cot}`,
      ...here,
      sources: of('cot').map(({ id }) => ({ uid: `tak-${id}`, unit: id })),
    },
    {
      name: 'trackers',
      protocol: 'osmand',
      kind: 'http-listen',
      at: `127.0.0.1:${ports.osmand}`,
      limits: EVERYBODY,
      sources: of('osmand').map((unit) => ({
        source: unit.id,
        unit: unit.id,
        keySha256: createHash('sha256').update(trackerKey(key, unit)).digest('hex'),
      })),
    },
    { name: 'vessels', protocol: 'ais', kind: 'udp-listen', at: `127.0.0.1:${ports.ais}`, ...here },
  ]
  const file = path.join(folder, 'feeds.json')
  writeFileSync(file, JSON.stringify({ feeds }, null, 1))
  return file
}

export const readSecret = (folder: string): string => readFileSync(path.join(folder, SECRET), 'utf8').trim()
