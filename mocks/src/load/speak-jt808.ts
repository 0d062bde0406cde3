import { connect, type Socket } from 'node:net'
import { jt808Answers, jt808Location, jt808Message, jt808Registration, jt808SignIn } from './jt808-terminal.ts'
import type { Pose } from './route.ts'

const REGISTER = 0x0100
const SIGN_IN = 0x0102
const LOCATION = 0x0200
const REGISTERED = 0x8100
const ANSWERED = 0x8001

/** A vehicle terminal on its own TCP connection: registers, signs in, then reports. */
export interface Terminal {
  /** False while it is not signed in. */
  report(pose: Pose, atMs: number): boolean
  close(): void
}

export function startTerminal(terminal: string, to: { host: string; port: number }): Promise<Terminal> {
  const socket: Socket = connect({ ...to, noDelay: true })
  let serial = 0
  let ready = false
  const say = (id: number, body: Uint8Array): boolean =>
    socket.write(jt808Message(terminal, id, (serial = (serial + 1) & 0xffff), body))
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.on('close', () => (ready = false))
    socket.on('connect', () => say(REGISTER, jt808Registration()))
    socket.on('data', (bytes: Buffer) => {
      if (ready) return
      for (const { id, body } of jt808Answers(bytes)) {
        if (id === REGISTERED && body[2] === 0) say(SIGN_IN, jt808SignIn(body.subarray(3)))
        else if (id === REGISTERED) reject(new Error(`terminal ${terminal} is not known to the server`))
        else if (id === ANSWERED && body.readUInt16BE(2) === SIGN_IN) {
          ready = true
          socket.off('error', reject)
          socket.on('error', () => (ready = false))
          resolve({
            report: (pose, atMs) => ready && say(LOCATION, jt808Location(pose, atMs)),
            close: () => socket.destroy(),
          })
        }
      }
    })
  })
}
