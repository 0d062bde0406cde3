import mqtt from 'mqtt'
import type { FeedDoor } from '../feeds/feed-door.ts'
import type { Listener } from '../feeds/listener.ts'
import { decodeOwnTracks } from './owntracks.ts'

const AGAIN_MS = 2000

/**
 * Hears the phones of a broker. The broker may be away when Skerry starts: it is dialled until it is there, and the
 * subscription is made again with every connection.
 */
export function dialMqtt(options: {
  url: string
  user: string | null
  password: string | null
  ca: string | null
  clientId: string
  base: string
  limits: { messageBytes: number }
  door: FeedDoor
  onFault: (error: unknown) => void
}): Listener {
  const { url, user, password, ca, clientId, base, limits, door, onFault } = options
  const client = mqtt.connect(url, {
    clientId,
    reconnectPeriod: AGAIN_MS,
    clean: true,
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
    ...(ca === null ? {} : { ca }),
  })
  client.on('connect', () => {
    client.subscribe(`${base}/+/+`, { qos: 1 }, (error) => {
      if (error !== null) onFault(error)
      door.dialled(error)
    })
  })
  client.on('error', (error) => door.dialled(error)) // it dials again
  client.on('message', (topic, payload) => {
    const source = topic.slice(base.length + 1)
    if (payload.length > limits.messageBytes) return door.turnAway('too-large')
    if (!door.admits(source)) return
    door.take(decodeOwnTracks(payload.toString('utf8'), source)).catch(onFault)
  })
  return { port: 0, close: () => client.endAsync(true) }
}
