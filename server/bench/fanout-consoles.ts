// The consoles of the fan-out bench, in a process of their own so that only the server's work is measured.
import { io } from 'socket.io-client'

const [port, count] = process.argv.slice(2).map(Number) as [number, number]
let ended = 0
let joined = 0
for (let i = 0; i < count; i++) {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true, reconnection: false })
  socket.on('connect', () => {
    if (++joined === count) process.send?.('connected')
  })
  socket.on('motion', () => {})
  // It comes after the whole of a tick on the same connection: one word when everybody has it.
  socket.on('end', () => {
    if (++ended % count === 0) process.send?.('tick')
  })
}
process.on('disconnect', () => process.exit(0))
