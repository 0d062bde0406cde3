import {
  AbsentHolder,
  reasonOf,
  BRIDGE_NAMESPACE,
  type Answer,
  type BridgeHello,
  type BridgeStatus,
  type BridgeToServer,
  CancelFenceRequest,
  CancelUpkeepRequest,
  CancelUploadRequest,
  type CommandNotice,
  type DroneMove,
  type FenceNotice,
  FenceRequest,
  LeaseNotice,
  OrderRequest,
  type ReadBack,
  type ServerToBridge,
  type ThermalNotice,
  type UpkeepNotice,
  UpkeepRequest,
  type UploadNotice,
  UploadRequest,
} from '@skerry/contract'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { type Clock, every } from '../clock.ts'
import type { NoteFault } from '../fault-log.ts'
import type { Leases } from './leases.ts'
import { createOutbox } from './outbox.ts'

/** What the server may ask of the bridge; every request was checked for its shape, not for its authority. */
export interface UplinkHandlers {
  order(request: OrderRequest): Answer<null>
  upload(request: UploadRequest): Answer<null>
  cancelUpload(request: CancelUploadRequest): Answer<null>
  fence(request: FenceRequest): Answer<null>
  cancelFence(request: CancelFenceRequest): Answer<null>
  upkeep(request: UpkeepRequest): Answer<null>
  cancelUpkeep(request: CancelUpkeepRequest): Answer<null>
  readBack(request: ReadBackRequest): Promise<Answer<ReadBack>>
}
const ReadBackRequest = z.object({ droneId: z.string(), expect: UploadRequest.shape.plan.nullable() })
export type ReadBackRequest = z.infer<typeof ReadBackRequest>

export interface UplinkOptions {
  readonly url: string
  readonly token: string
  readonly hello: BridgeHello
  readonly clock: Clock
  readonly leases: Leases
  readonly handlers: UplinkHandlers
  readonly status: () => BridgeStatus
  /** A sign of life of the server, with the drones whose holder is not there; null: it said nothing of holders. */
  readonly onAlive: (absent: readonly AbsentHolder[] | null) => void
  /** Who holds which drone may have changed. */
  readonly onLeases: () => void
  /** The connection came or went, with the reason in words. */
  readonly onState: (connected: boolean, reason: string) => void
  /** A request could not be carried out by a fault of ours; the server is answered with it. */
  readonly onFault: NoteFault
}
export interface Uplink {
  command(notice: CommandNotice): void
  upload(notice: UploadNotice): void
  fence(notice: FenceNotice): void
  upkeep(notice: UpkeepNotice): void
  thermal(notice: ThermalNotice): void
  /** The newest position of a vehicle; it goes out at once or never. */
  moved(move: DroneMove): void
  close(): void
}

const STATUS_PERIOD_MS = 200
/** Positions that come within this time go out together. */
const MOVES_WITHIN_MS = 20
const ANSWER_TIMEOUT_MS = 3000
const COME_BACK_MS = 1000
const PUMP_PERIOD_MS = 100
const THERMAL_BATCH = 50
/** Ten minutes without a server, as the readings of a sortie are worth keeping; a cap for many aircraft. */
const THERMAL_KEPT_MS = 600_000
const MAX_THERMAL = 60_000
const MAX_NOTICES = 2000

type Letter =
  | { readonly kind: 'command'; readonly notice: CommandNotice }
  | { readonly kind: 'upload'; readonly notice: UploadNotice }
  | { readonly kind: 'fence'; readonly notice: FenceNotice }
  | { readonly kind: 'upkeep'; readonly notice: UpkeepNotice }

/** Connects to the server and stays connected; notices and readings wait while it is away and go out in order. */
export function openUplink(options: UplinkOptions): Uplink {
  const { clock, leases, handlers, onFault } = options
  const letters = createOutbox<Letter>({ maxItems: MAX_NOTICES, maxAgeMs: Infinity })
  const readings = createOutbox<ThermalNotice>({ maxItems: MAX_THERMAL, maxAgeMs: THERMAL_KEPT_MS })
  const socket: Socket<ServerToBridge, BridgeToServer> = io(options.url + BRIDGE_NAMESPACE, {
    auth: { token: options.token },
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    // What waits is in the outboxes; a buffered emit would come twice.
    retries: 0,
  })
  let greeted = false
  let closed = false
  let cancelComeBack = (): void => undefined
  let sendingLetter = false
  let sendingReadings = false
  const moves = new Map<string, DroneMove>()
  let cancelMoves: (() => void) | null = null

  socket.on('connect', () => void greet())
  socket.on('disconnect', (reason) => {
    greeted = false
    if (!closed) options.onState(false, reason)
    comeBack()
  })
  socket.on('connect_error', (error) => {
    options.onState(false, error.message)
    comeBack()
  })
  socket.on('alive', (alive) => {
    const absent = z.array(AbsentHolder).safeParse(alive.absent ?? [])
    options.onAlive(absent.success ? absent.data : null)
  })
  socket.on('lease', (notice) => {
    const checked = LeaseNotice.safeParse(notice)
    if (!checked.success) return
    leases.apply(checked.data)
    options.onLeases()
  })
  const { order, upload, cancelUpload, fence, cancelFence, upkeep, cancelUpkeep } = handlers
  socket.on('order', (request, answer) => answer(checkThen(OrderRequest, request, order, faulty)))
  socket.on('upload', (request, answer) => answer(checkThen(UploadRequest, request, upload, faulty)))
  socket.on('cancelUpload', (request, answer) => answer(checkThen(CancelUploadRequest, request, cancelUpload, faulty)))
  socket.on('fence', (request, answer) => answer(checkThen(FenceRequest, request, fence, faulty)))
  socket.on('cancelFence', (request, answer) => answer(checkThen(CancelFenceRequest, request, cancelFence, faulty)))
  socket.on('upkeep', (request, answer) => answer(checkThen(UpkeepRequest, request, upkeep, faulty)))
  socket.on('cancelUpkeep', (request, answer) => answer(checkThen(CancelUpkeepRequest, request, cancelUpkeep, faulty)))
  socket.on('readBack', (request, answer) => {
    const checked = ReadBackRequest.safeParse(request)
    if (!checked.success) return answer({ ok: false, reason: reasonOf('malformed-request') })
    handlers.readBack(checked.data).catch(faulty).then(answer, noteFault)
  })
  const noteFault = (error: unknown): void => onFault('request of the server', error)
  /** One request that goes wrong ends neither the others nor the bridge. */
  function faulty(error: unknown): Answer<never> {
    noteFault(error)
    return { ok: false, reason: reasonOf('bridge-fault', error instanceof Error ? error.message : String(error)) }
  }

  /** After a refusal or a goodbye of the server the client does not come back by itself. */
  function comeBack(): void {
    if (socket.active || closed) return
    cancelComeBack()
    cancelComeBack = clock.after(COME_BACK_MS, () => socket.connect())
  }
  async function greet(): Promise<void> {
    try {
      const answer = await socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('hello', options.hello)
      leases.replace(z.array(LeaseNotice).parse(answer.leases))
      options.onLeases()
      greeted = true
      options.onAlive(null)
      options.onState(true, 'connected')
      pump()
    } catch {
      // No answer, or one that makes no sense: begin again.
      if (socket.connected) socket.disconnect().connect()
    }
  }

  /** One letter and one batch are under way at a time: order is kept, and an answer that is lost means again. */
  function pump(): void {
    if (!greeted || !socket.connected) return
    const [letter] = letters.next(1, clock.nowMs())
    if (letter !== undefined && !sendingLetter) void post(letter)
    const batch = readings.next(THERMAL_BATCH, clock.nowMs())
    if (batch.length > 0 && !sendingReadings) void send([...batch])
  }
  async function post(letter: Letter): Promise<void> {
    sendingLetter = true
    const timed = socket.timeout(ANSWER_TIMEOUT_MS)
    const taken = await answeredInTime(emitted(timed, letter))
    sendingLetter = false
    if (!taken) return
    letters.delivered(1)
    pump()
  }
  async function send(batch: ThermalNotice[]): Promise<void> {
    sendingReadings = true
    const droppedBefore = readings.dropped
    const taken = await answeredInTime(socket.timeout(ANSWER_TIMEOUT_MS).emitWithAck('thermal', batch))
    sendingReadings = false
    if (!taken) return
    // While it was under way the oldest may have been dropped: those are part of this batch.
    readings.delivered(Math.max(0, batch.length - (readings.dropped - droppedBefore)))
    if (readings.size >= THERMAL_BATCH) pump()
  }

  function sendMoves(): void {
    cancelMoves = null
    if (greeted && socket.connected) socket.volatile.emit('moves', [...moves.values()])
    moves.clear()
  }

  const stops = [
    every(clock, PUMP_PERIOD_MS, pump),
    every(clock, STATUS_PERIOD_MS, () => {
      if (greeted && socket.connected) socket.volatile.emit('status', options.status())
    }),
  ]
  return {
    command: (notice) => letters.put({ kind: 'command', notice }, clock.nowMs()),
    upload: (notice) => letters.put({ kind: 'upload', notice }, clock.nowMs()),
    fence: (notice) => letters.put({ kind: 'fence', notice }, clock.nowMs()),
    upkeep: (notice) => letters.put({ kind: 'upkeep', notice }, clock.nowMs()),
    thermal: (notice) => readings.put(notice, clock.nowMs()),
    moved(move) {
      moves.set(move.droneId, move)
      cancelMoves ??= clock.after(MOVES_WITHIN_MS, sendMoves)
    },
    close() {
      closed = true
      cancelComeBack()
      cancelMoves?.()
      for (const stop of stops) stop()
      socket.disconnect()
    },
  }
}

function checkThen<T>(
  schema: z.ZodType<T>,
  request: unknown,
  then: (request: T) => Answer<null>,
  faulty: (error: unknown) => Answer<never>,
): Answer<null> {
  const checked = schema.safeParse(request)
  if (!checked.success) return { ok: false, reason: reasonOf('malformed-request') }
  try {
    return then(checked.data)
  } catch (error) {
    return faulty(error)
  }
}

/** A socket whose emits are answered in time. */
type Timed = ReturnType<Socket<ServerToBridge, BridgeToServer>['timeout']>
function emitted(timed: Timed, letter: Letter): Promise<unknown> {
  switch (letter.kind) {
    case 'command':
      return timed.emitWithAck('command', letter.notice)
    case 'upload':
      return timed.emitWithAck('upload', letter.notice)
    case 'fence':
      return timed.emitWithAck('fence', letter.notice)
    case 'upkeep':
      return timed.emitWithAck('upkeep', letter.notice)
  }
}

const answeredInTime = async (sent: Promise<unknown>): Promise<boolean> => {
  try {
    await sent
    return true
  } catch {
    return false
  }
}
