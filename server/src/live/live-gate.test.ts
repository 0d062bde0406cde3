import {
  LIVE_NAMESPACE,
  MOST_MOTION_TOPICS,
  ROLES,
  decodeMotion,
  topicName,
  topicTile,
  type Checkpoint,
  type Health,
  type LngLat,
  type Role,
  type Snapshot,
  type Update,
} from '@skerry/contract'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../http/test-server.ts'
import { TOPIC_ROLES, type LiveTopic } from './topics.ts'

let server: TestServer
const cookies = {} as Record<Role, string>
const open: Socket[] = []
beforeAll(async () => {
  server = await startTestServer()
  for (const role of ROLES) cookies[role] = await server.signIn(role)
  await put('roster', {
    units: [{ id: 'u1', callSign: 'A', agency: 'x', kind: 'boat', skills: [], onDuty: true }],
  })
})
afterAll(() => server.stop())
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})

const put = (what: string, body: unknown) =>
  server.send('PUT', `/api/intake/${what}`, {
    as: server.bearer(what === 'roster' ? 'roster' : 'checkpoints'),
    body,
  })
let reports = 0
const reportIncident = () =>
  server.send('POST', '/api/intake/incidents', {
    as: server.bearer('incidents'),
    body: {
      externalId: `e${reports++}`,
      category: 'other',
      priority: 'notice',
      position: [122.2, 29.9],
      place: '',
      occurredAtMs: Date.now() - 1000,
      text: '',
    },
  })

function connect(cookie: string | null, headers: Record<string, string> = {}): Socket {
  const socket = io(server.url + LIVE_NAMESPACE, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(cookie?.startsWith('Guest ') ? { auth: { guest: cookie.slice('Guest '.length) } } : {}),
    extraHeaders: { ...headers, ...(cookie === null || cookie.startsWith('Guest ') ? {} : { cookie }) },
  })
  open.push(socket)
  return socket
}
const connected = async (cookie: string): Promise<Socket> => {
  const socket = connect(cookie)
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject))
  return socket
}
const join = (socket: Socket, ...topics: unknown[]): Promise<{ joined: string[]; refused: string[] }> =>
  socket.emitWithAck('join', topics) as Promise<{ joined: string[]; refused: string[] }>
const heard = <T>(socket: Socket, event: string, fits: (value: T) => boolean = () => true): Promise<T> =>
  new Promise((resolve) => {
    const listen = (value: T): void => {
      if (!fits(value)) return
      socket.off(event, listen)
      resolve(value)
    }
    socket.on(event, listen)
  })

describe('the door', () => {
  it.each([
    ['without a cookie', null],
    ['with a made-up one', 'skerry_session=made-up'],
  ])('stays shut %s and says why', async (_, cookie) => {
    const socket = connect(cookie)
    const error = await heard<Error & { data: unknown }>(socket, 'connect_error')
    expect(error.data).toEqual({ code: 'no-session' })
  })
  it('stays shut for a page of another site', async () => {
    const socket = connect(cookies.observer, { origin: 'https://evil.example' })
    await heard(socket, 'connect_error')
    expect(socket.connected).toBe(false)
  })
  it('shuts behind a session that is ended', async () => {
    const cookie = await server.signIn('pilot')
    const socket = await connected(cookie)
    const gone = heard<string>(socket, 'disconnect')
    await server.send('DELETE', '/api/session', { as: cookie })
    expect(await gone).toBe('io server disconnect')
  })
})

it('lets each role join exactly the topics that are for it', async () => {
  const names: Record<LiveTopic['kind'], string> = {
    motion: 'motion/unit/8/214/105',
    drones: 'drones',
    checkpoints: 'checkpoints',
    sailings: 'sailings',
    consignments: 'consignments',
    health: 'health',
    search: 'search/s1',
    readings: 'readings/s1',
  }
  for (const role of ROLES) {
    const { joined } = await join(await connected(cookies[role]), ...Object.values(names))
    const allowed = Object.entries(names).filter(([kind]) => TOPIC_ROLES[kind as LiveTopic['kind']].includes(role))
    expect([role, joined.toSorted()]).toEqual([role, allowed.map(([, name]) => name).toSorted()])
  }
})

it('refuses names that are no topics, and survives what is no list', async () => {
  const socket = await connected(cookies.observer)
  const bad = ['updates', 'motion/unit/8/300/1', 'motion/unit/9/1/1', 'search/../x', '', 7, null, { a: 1 }]
  expect((await join(socket, ...bad)).joined).toEqual([])
  for (const given of [null, 'drones', { length: 3 }, [[]]]) socket.emit('join', given)
  socket.emit('leave', 5)
  socket.emit('resume', 'x')
  socket.emit('nonsense')
  expect((await join(socket, 'drones')).joined).toEqual(['drones'])
  expect(server.faults).toEqual([])
})

it('says of each name whether it was joined, also beyond what one console may join', async () => {
  const socket = await connected(cookies.observer)
  const tiles = Array.from(
    { length: MOST_MOTION_TOPICS + 50 },
    (_, i) => `motion/unit/8/${i % 256}/${Math.floor(i / 256)}`,
  )
  const first = await join(socket, ...tiles)
  expect(first).toEqual({ joined: tiles.slice(0, MOST_MOTION_TOPICS), refused: tiles.slice(MOST_MOTION_TOPICS) })
  // What is joined may be joined again, and other topics have their own room.
  expect(await join(socket, tiles[0]!, tiles.at(-1)!, 'drones')).toEqual({
    joined: [tiles[0], 'drones'],
    refused: [tiles.at(-1)],
  })
  socket.emit('leave', [tiles[0]!])
  expect((await join(socket, tiles.at(-1)!)).joined).toEqual([tiles.at(-1)])
  const many = Array.from({ length: 20_000 }, () => tiles[1]!)
  const answer = await join(socket, ...many)
  expect(answer.joined.length + answer.refused.length).toBe(many.length)
  expect(answer.refused.length).toBeGreaterThan(0)
  expect(server.faults).toEqual([])
})

describe('the events plane', () => {
  it('resumes with exactly what was missed, over lines that are cut at random', async () => {
    let state = 7
    const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
    const seen: number[] = []
    let held: number | null = null
    let snapshots = 0
    const started = { seq: 0 }
    const connectOnce = async (): Promise<Socket> => {
      const socket = await connected(cookies.observer)
      socket.on('snapshot', ({ seq }: Snapshot) => {
        snapshots++
        started.seq = held = seq
      })
      socket.on('updates', (came: Update[]) => {
        for (const { seq } of came) seen.push((held = seq))
      })
      await socket.emitWithAck('resume', { lastSeq: held, run: null })
      return socket
    }
    let socket: Socket | null = await connectOnce()
    for (let i = 0; i < 60; i++) {
      void reportIncident()
      if (random() < 0.3) await reportIncident()
      if (random() < 0.25) {
        socket?.disconnect()
        socket = null
      } else socket ??= await connectOnce()
    }
    const last = ((await (await reportIncident()).json()) as { seq: number }).seq
    socket ??= await connectOnce()
    if ((held ?? 0) < last) await heard<Update[]>(socket, 'updates', (came) => came.at(-1)!.seq >= last)
    expect(snapshots).toBe(1)
    expect(seen).toEqual(Array.from({ length: seen.at(-1)! - started.seq }, (_, i) => started.seq + 1 + i))
    expect(seen.at(-1)).toBeGreaterThanOrEqual(last)
  })
  it('pulses with the number it has told of', async () => {
    const socket = await connected(cookies.observer)
    // Listening begins before it is asked for: updates may come in the same read as the answer.
    let told = 0
    socket.on('updates', (came: Update[]) => (told = came.at(-1)!.seq))
    const { seq } = (await socket.emitWithAck('resume', { lastSeq: null, run: null })) as { seq: number }
    const pulse = await heard<{ seq: number; run: string }>(socket, 'pulse')
    expect(pulse.seq).toBe(Math.max(seq, told))
  })
})

describe('what moves', () => {
  const fix = (position: LngLat, atMs = Date.now()) =>
    server.send('POST', '/api/intake/fixes', {
      as: server.bearer('fixes'),
      body: { fixes: [{ unitId: 'u1', atMs, position, speedMps: 4 }] },
    })
  const tileOf = (position: LngLat): string => topicName({ kind: 'unit', ...topicTile(position) })
  const frame = (bytes: Uint8Array) => decodeMotion(new Uint8Array(bytes))

  it('comes as the whole on joining, then as what moved', async () => {
    const here: LngLat = [122.2, 29.9]
    await fix(here)
    const socket = await connected(cookies.observer)
    const whole = heard<Uint8Array>(socket, 'motion')
    await join(socket, tileOf(here))
    expect(frame(await whole)).toMatchObject({ keyframe: true, moved: { count: 1 } })
    const isMoved = (bytes: Uint8Array): boolean => Math.abs(frame(bytes).moved.positions[0]! - 122.2005) < 1e-6
    const next = heard<Uint8Array>(socket, 'motion', isMoved)
    await fix([122.2005, 29.9])
    const { moved, keyframe } = frame(await next)
    expect([keyframe, moved.count, moved.speedMps[0], moved.state[0]]).toEqual([false, 1, 4, 1 | (3 << 4)])
  })
  it('leaves the map when its unit goes off duty', async () => {
    const socket = await connected(cookies.observer)
    const whole = heard<Uint8Array>(socket, 'motion')
    await join(socket, tileOf([122.2, 29.9]))
    expect(frame(await whole).moved.count).toBe(1)
    const gone = heard<Uint8Array>(socket, 'motion', (bytes) => frame(bytes).gone.length > 0)
    const unit = { id: 'u1', callSign: 'A', agency: 'x', kind: 'boat', skills: [], onDuty: false }
    await put('roster', { units: [unit] })
    expect(frame(await gone).gone.length).toBe(1)
  })
})

it('tells of checkpoints on joining and when counts come, and of the health of the parts', async () => {
  const lanes = [{ id: 'in', direction: 'in', counts: 'persons' }]
  const gate = { id: 'c1', name: { zh: '鸭蛋山', en: 'Yadanshan' }, kind: 'ferry', position: [122.1, 29.9], lanes }
  await put('checkpoints', { checkpoints: [gate] })
  const socket = await connected(cookies.dispatcher)
  const first = heard<Checkpoint[]>(socket, 'checkpoints')
  const health = heard<Health>(socket, 'health', ({ consoles }) => consoles === 1)
  await join(socket, 'checkpoints', 'health')
  expect(await first).toMatchObject([{ id: 'c1', newestMinuteMs: null, state: 'unknown', flow: null }])
  const counted = heard<Checkpoint[]>(socket, 'checkpoints', ([one]) => one?.newestMinuteMs !== null)
  const minuteMs = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
  const count = { checkpointId: 'c1', minuteMs, lane: 'in', valid: 3, invalid: 0, manual: 1 }
  await server.send('POST', '/api/intake/counts', { as: server.bearer('checkpoints'), body: { counts: [count] } })
  expect(await counted).toMatchObject([{ newestMinuteMs: minuteMs, flow: { inPersonsPerMin: 4, minutes: 1 } }])
  expect(await health).toMatchObject({ state: 'degraded', bridges: [] })
})
