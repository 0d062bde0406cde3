// Consoles of the city bench, in a process of their own. Each follows everything that moves; what came is kept with the
// moment at which it came, and read when the run is over. One of them may stop reading, as a sleeping tablet does.
import { writeFileSync } from 'node:fs'
import { LIVE_NAMESPACE, MOVER_KINDS, TOPIC_ZOOM, decodeMotionMessage, topicName, topicTile } from '@skerry/contract'
import { io, type Socket } from 'socket.io-client'

const [port, cookie, count, out] = process.argv.slice(2) as [string, string, string, string]
/** West, south, east, north of the simulated city. */
const CITY = [121.4, 29.4, 122.9, 30.8] as const
/** Same clock as that of whoever sends. */
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

const low = topicTile([CITY[0], CITY[3]])
const high = topicTile([CITY[2], CITY[1]])
const topics = MOVER_KINDS.flatMap((kind) =>
  Array.from({ length: high.x - low.x + 1 }, (_, i) => low.x + i).flatMap((x) =>
    Array.from({ length: high.y - low.y + 1 }, (_, j) => topicName({ kind, z: TOPIC_ZOOM, x, y: low.y + j })),
  ),
)

const came: { console: number; atMs: number; bytes: Uint8Array }[] = []
const sockets: Socket[] = []
for (let i = 0; i < Number(count); i++) {
  const socket = io(`http://127.0.0.1:${port}${LIVE_NAMESPACE}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  })
  sockets.push(socket)
  socket.on('motion', (bytes: Uint8Array) => void came.push({ console: i, atMs: monotonicMs(), bytes }))
  socket.on('disconnect', (why) => process.send?.({ type: 'lost', console: i, why }))
  socket.once('connect', () => {
    void socket.emitWithAck('resume', { lastSeq: null, run: null })
    void (socket.emitWithAck('join', topics) as Promise<{ refused: string[] }>).then(({ refused }) => {
      if (refused.length > 0) throw new Error(`topics were refused: ${refused.join(' ')}`)
      process.send?.({ type: 'joined' })
    })
  })
}

/** The `ws` socket under a transport of Engine.IO; its types hide it. */
const under = (socket: Socket): { pause(): void } =>
  (socket.io.engine.transport as unknown as { ws: { pause(): void } }).ws

process.on('message', (word) => {
  if (word === 'stall') under(sockets.at(-1)!).pause()
  if (word === 'write') {
    // Rows of six doubles: console, kind, came at, lng, lat, 1 of a keyframe: that tells again what came before, and is
    // looked at for what a console knows, not for how long it took.
    const rows: number[] = []
    let bytes = 0
    let records = 0
    for (const message of came) {
      bytes += message.bytes.byteLength
      for (const { topic, keyframe, moved } of decodeMotionMessage(new Uint8Array(message.bytes))) {
        records += moved.count
        const kind = MOVER_KINDS.indexOf(topic.kind)
        for (let i = 0; i < moved.count; i++)
          rows.push(
            message.console,
            kind,
            message.atMs,
            moved.positions[i * 2]!,
            moved.positions[i * 2 + 1]!,
            keyframe ? 1 : 0,
          )
      }
    }
    writeFileSync(out, new Uint8Array(Float64Array.from(rows).buffer))
    process.send?.({ type: 'written', bytes, records, messages: came.length })
  }
})
process.on('disconnect', () => process.exit(0))
