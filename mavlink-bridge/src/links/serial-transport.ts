import { SerialPort } from 'serialport'
import type { Clock } from '../clock.ts'
import { backoffMs } from './backoff.ts'
import { faultWords, type Transport, type TransportEvents } from './transport.ts'

export interface SerialLine {
  /** Device of the radio, e.g. `/dev/ttyUSB0`, `/dev/serial/by-id/...`, `COM5`. */
  readonly device: string
  readonly baud: number
  /** Hardware flow control (RTS/CTS): what a telemetry radio needs so as not to lose bytes in a burst. */
  readonly flowControl: boolean
}

/** What the line may leave unsent before frames are lost. */
const MAX_UNSENT_BYTES = 4096

/** Opens a serial line (8N1), and again with growing pauses when it is pulled out or not there yet. */
export function openSerial(
  line: SerialLine,
  events: TransportEvents,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
): Transport {
  const { device } = line
  let port: SerialPort | null = null
  let fault: string | null = 'not tried yet'
  let tries = 0
  let closed = false
  let cancel = (): void => undefined

  function open(): void {
    const made = new SerialPort({ path: device, baudRate: line.baud, rtscts: line.flowControl, autoOpen: false })
    made.on('data', (bytes: Buffer) => events.hear(device, bytes))
    made.on('error', (error) => {
      fault = faultWords(error)
    })
    made.on('close', (error: unknown) => {
      port = null
      events.gone(device)
      fault = error == null ? 'closed' : faultWords(error)
      again()
    })
    made.open((error) => {
      if (error !== null) {
        fault = faultWords(error)
        return again()
      }
      if (closed) return made.close()
      port = made
      fault = null
      tries = 0
    })
  }
  function again(): void {
    if (!closed) cancel = clock.after(backoffMs(++tries, random()), open)
  }
  open()

  return {
    kind: 'serial',
    datagrams: false,
    state: () => (closed ? 'closed' : port === null ? 'connecting' : 'open'),
    detail: () => fault,
    local: () => device,
    dialled: () => (port === null ? [] : [device]),
    send(_remote, bytes) {
      if (port !== null && port.writableLength < MAX_UNSENT_BYTES) port.write(bytes)
    },
    close: () =>
      new Promise((resolve) => {
        closed = true
        cancel()
        if (port === null) return resolve()
        port.close(() => resolve())
      }),
  }
}
