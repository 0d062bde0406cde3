import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Frame } from '../wire/frame.ts'
import { framesOfDatagram } from '../wire/framer.ts'

/** A UDP socket of a vehicle or a ground station, with the frames it was sent. */
export interface UdpEnd {
  readonly frames: Frame[]
  readonly port: number
  send(bytes: Uint8Array, port: number): Promise<void>
  close(): Promise<void>
}

export async function udpEnd(): Promise<UdpEnd> {
  const socket: Socket = createSocket('udp4')
  const frames: Frame[] = []
  socket.on('message', (bytes) => frames.push(...framesOfDatagram(bytes)))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    frames,
    port: socket.address().port,
    send: (bytes, port) =>
      new Promise((resolve) => {
        socket.send(bytes, port, '127.0.0.1', () => resolve())
      }),
    close: () =>
      new Promise((resolve) => {
        socket.close(() => resolve())
      }),
  }
}
