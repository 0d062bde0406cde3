import {
  BRIDGE_NAMESPACE,
  type BridgeToServer,
  type DroneParam,
  type DroneStatus,
  type FenceOutcome,
  type FenceRequest,
  type LeaseNotice,
  type LngLat,
  type OrderRequest,
  type ServerToBridge,
  type ThermalNotice,
  type UpkeepOutcome,
  type UpkeepRequest,
  type UploadRequest,
} from '@skerry/contract'
import { localFrame } from '@skerry/search'
import { io, type Socket } from 'socket.io-client'
import { HOME, statusOf } from '../domain/test-kit.ts'

const SPEED_MPS = 10
const FRAME_MS = 500
const HALF_ACROSS_M = 30
const HALF_ALONG_M = 24

/**
 * A bridge with one drone, as a test drives it over a real socket: it takes leases, plans and orders as the contract
 * says, flies the plan it was given on straight lines, and looks down with a camera whose hottest point is noise unless
 * something warm is in view.
 */
export function scriptedBridge(url: string, options: { token: string; nowMs: () => number; startedAtMs?: number }) {
  const { nowMs } = options
  const startedAtMs = options.startedAtMs ?? nowMs()
  const socket: Socket<ServerToBridge, BridgeToServer> = io(url + BRIDGE_NAMESPACE, {
    auth: { token: options.token },
    transports: ['websocket'],
    reconnection: false,
  })
  const droneId = 'main-1'
  const leases = new Map<string, string | null>()
  const orders: OrderRequest[] = []
  const uploads: UploadRequest[] = []
  /** Command ids of uploads that were taken back. */
  const cancelled: string[] = []
  const fences: FenceRequest[] = []
  /** How a transfer of a fence ends; null: nobody hears of its end. */
  let fenceEnds: FenceOutcome | null = null
  const upkeep: UpkeepRequest[] = []
  /** What upkeep tells and how it ends; null: nobody hears of its end. */
  let upkeepEnds: { outcome: UpkeepOutcome; params: DroneParam[] } | null = null
  let status: DroneStatus = statusOf(droneId, { atMs: nowMs() })
  let plan: UploadRequest['plan'] | null = null
  let planId: string | null = null
  /** Uploads come to their last item and no further. */
  let stuck = false
  let refuseStart: string | null = null
  let sequence = 0
  let noise = 1

  const takeLease = ({ droneId: id, token }: LeaseNotice): void => void leases.set(id, token)
  const random = (): number => {
    noise = (noise * 16807) % 2147483647
    return noise / 2147483647
  }

  async function post(kind: 'command' | 'upload' | 'fence' | 'upkeep', notice: object): Promise<void> {
    // A test may cut the socket in the middle: then the answer never comes.
    await socket
      .timeout(3000)
      .emitWithAck(kind, notice as never)
      .catch(() => {})
  }

  socket.on('lease', takeLease)
  socket.on('upload', (request, answer) => {
    if (leases.get(request.droneId) !== request.leaseToken) return answer({ ok: false, reason: 'lease' })
    uploads.push(request)
    answer({ ok: true, value: null })
    const { commandId } = request
    const total = request.plan.steps.length
    void (async () => {
      const notice = { commandId, droneId, total, planId: null, failure: null }
      await post('upload', { ...notice, phase: 'sending', done: total - 1 })
      if (stuck) return
      await post('upload', { ...notice, phase: 'reading-back', done: total })
      plan = request.plan
      planId = `plan-${uploads.length}`
      await post('upload', { ...notice, phase: 'verified', done: total, planId })
    })()
  })
  socket.on('cancelUpload', ({ droneId: id, leaseToken, commandId }, answer) => {
    const upload = uploads.at(-1)
    if (leases.get(id) !== leaseToken) return answer({ ok: false, reason: 'lease-token-invalid' })
    if (!stuck || upload?.commandId !== commandId) return answer({ ok: false, reason: 'no-upload-running' })
    cancelled.push(commandId)
    answer({ ok: true, value: null })
    const failure = { kind: 'upload-cancelled', detail: '', planUnknown: true }
    void post('upload', { commandId, droneId, phase: 'failed', done: 0, total: 9, planId: null, failure })
  })
  socket.on('fence', (request, answer) => {
    if (leases.get(request.droneId) !== request.leaseToken) return answer({ ok: false, reason: 'lease-token-invalid' })
    fences.push(request)
    answer({ ok: true, value: null })
    const { transferId } = request
    void (async () => {
      const notice = { transferId, droneId, total: 9, outcome: null }
      await post('fence', { ...notice, phase: 'sending', done: 0 })
      await post('fence', { ...notice, phase: 'sending', done: 8 })
      if (fenceEnds !== null) await post('fence', { ...notice, phase: 'reading-back', done: 9, outcome: fenceEnds })
    })()
  })
  socket.on('cancelFence', ({ droneId: id, leaseToken, transferId }, answer) => {
    if (leases.get(id) !== leaseToken) return answer({ ok: false, reason: 'lease-token-invalid' })
    if (fenceEnds !== null || fences.at(-1)?.transferId !== transferId)
      return answer({ ok: false, reason: 'no-fence-transfer' })
    answer({ ok: true, value: null })
    const outcome: FenceOutcome = { kind: 'failed', reason: 'fence-cancelled', aboardUnknown: true }
    void post('fence', { transferId, droneId, phase: 'reading-back', done: 9, total: 9, outcome })
  })
  socket.on('upkeep', (request, answer) => {
    if (leases.get(request.droneId) !== request.leaseToken) return answer({ ok: false, reason: 'lease-token-invalid' })
    upkeep.push(request)
    answer({ ok: true, value: null })
    const notice = { jobId: request.jobId, droneId, done: 1, total: 2, params: [], outcome: null }
    void (async () => {
      await post('upkeep', notice)
      if (upkeepEnds === null) return
      const { params, outcome } = upkeepEnds
      await post('upkeep', { ...notice, params })
      // An answer that was lost: the end is told twice.
      for (let times = 0; times < 2; times++) await post('upkeep', { ...notice, done: 2, outcome })
    })()
  })
  socket.on('cancelUpkeep', ({ droneId: id, leaseToken, jobId }, answer) => {
    if (leases.get(id) !== leaseToken) return answer({ ok: false, reason: 'lease-token-invalid' })
    if (upkeepEnds !== null || upkeep.at(-1)?.jobId !== jobId) return answer({ ok: false, reason: 'no-upkeep-running' })
    answer({ ok: true, value: null })
    const outcome: UpkeepOutcome = { kind: 'failed', reason: 'upkeep-cancelled', unknown: false }
    void post('upkeep', { jobId, droneId, done: 2, total: 2, params: [], outcome })
  })
  socket.on('order', (request, answer) => {
    if (leases.get(request.droneId) !== request.leaseToken) return answer({ ok: false, reason: 'lease' })
    orders.push(request)
    answer({ ok: true, value: null })
    const { commandId, order } = request
    void (async () => {
      const notice = { commandId, droneId, atMs: nowMs(), tries: 1, reason: null }
      await post('command', { ...notice, state: 'sent' })
      if (refuseStart !== null && order === 'arm-and-start') {
        await post('command', { ...notice, state: 'refused', reason: refuseStart })
        return
      }
      await post('command', { ...notice, state: 'acked' })
      const kind = ({ hold: 'hold', return: 'return', land: 'land' } as const)[order as 'hold'] ?? 'auto'
      set({ armed: true, landed: 'in-air', mode: { name: kind.toUpperCase(), kind } })
      await post('command', { ...notice, state: 'effective' })
      await tell()
    })()
  })
  socket.on('readBack', (_request, answer) => answer({ ok: true, value: { planId, total: 0 } }))

  const set = (fields: Partial<DroneStatus>): void => void (status = { ...status, ...fields })

  /** Sends the telemetry, and comes back when the server has it (a question after it has been answered). */
  async function tell(): Promise<void> {
    set({ atMs: nowMs(), mission: { current: 1, reached: 0, total: 9, plan: planId ? 'verified' : 'none', planId } })
    socket.emit('status', { atMs: nowMs(), links: [], drones: [status] })
    await socket
      .timeout(3000)
      .emitWithAck('thermal', [])
      .catch(() => {})
  }

  return {
    droneId,
    leases,
    orders,
    uploads,
    cancelled,
    fences,
    upkeep,
    endsUpkeepWith: (outcome: UpkeepOutcome | null, params: DroneParam[] = []): void =>
      void (upkeepEnds = outcome === null ? null : { outcome, params }),
    sticksInUploads: (now: boolean): void => void (stuck = now),
    endsFencesWith: (outcome: FenceOutcome | null): void => void (fenceEnds = outcome),
    socket,
    set,
    tell,
    refuseStartsWith: (reason: string | null): void => void (refuseStart = reason),
    holds: (id: string | null): void => void (planId = id),
    async connect(): Promise<void> {
      if (!socket.connected)
        await new Promise<void>((resolve, reject) => {
          socket.once('connect', resolve)
          socket.once('connect_error', reject)
        })
      const answer = await socket.timeout(3000).emitWithAck('hello', { bridgeId: 'main', version: '0', startedAtMs })
      answer.leases.forEach(takeLease)
      await tell()
    },
    /** Flies the path of the plan, frame by frame; `pass` moves the test's time. */
    async fly(warm: LngLat, pass: (byMs: number) => Promise<void>): Promise<void> {
      const frame = localFrame(HOME)
      const path = (plan?.steps ?? []).flatMap((step) => (step.do === 'fly-to' ? [frame.toLocal(step.position)] : []))
      const person = frame.toLocal(warm)
      const heightM = plan?.steps[0]?.do === 'takeoff' ? plan.steps[0].heightM : 0
      let batch: ThermalNotice[] = []
      for (const [i, to] of path.entries()) {
        const from = path[i - 1] ?? to
        const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1])
        const frames = Math.ceil(lengthM / ((SPEED_MPS * FRAME_MS) / 1000))
        for (let k = 0; k < frames; k++) {
          await pass(FRAME_MS)
          const x = from[0] + ((to[0] - from[0]) * k) / frames
          const y = from[1] + ((to[1] - from[1]) * k) / frames
          batch.push(look(x, y, heightM, person))
          if (batch.length < 8) continue
          set({
            position: {
              lngLat: frame.toLngLat([x, y]),
              altAmslM: 12 + heightM,
              heightAboveTakeoffM: heightM,
              atMs: nowMs(),
              accuracyM: 1,
            },
          })
          await tell()
          await socket.timeout(3000).emitWithAck('thermal', batch)
          await socket.timeout(3000).emitWithAck('thermal', batch) // an answer that was lost: sent again
          batch = []
        }
      }
    },
    /** Down and disarmed, as after a return. */
    async land(): Promise<void> {
      set({ armed: false, landed: 'on-ground', mode: { name: 'RTL', kind: 'return' } })
      await tell()
    },
    close: (): void => void socket.disconnect(),
  }

  function look(x: number, y: number, heightM: number, person: readonly [number, number]): ThermalNotice {
    const frame = localFrame(HOME)
    const inView = Math.abs(person[0] - x) < HALF_ACROSS_M && Math.abs(person[1] - y) < HALF_ALONG_M
    const hot: [number, number] = inView
      ? [person[0] + random() * 4 - 2, person[1] + random() * 4 - 2]
      : [x + (random() * 2 - 1) * HALF_ACROSS_M, y + (random() * 2 - 1) * HALF_ALONG_M]
    const maxC = (inView ? 27 : 19) + random()
    const corner = (e: number, n: number): LngLat => frame.toLngLat([x + e, y + n])
    return {
      droneId,
      seq: sequence++,
      atMs: nowMs(),
      position: frame.toLngLat([x, y]),
      heightAboveTakeoffM: heightM,
      headingDeg: 0,
      groundSpeedMps: SPEED_MPS,
      corners: [
        corner(-HALF_ACROSS_M, -HALF_ALONG_M),
        corner(HALF_ACROSS_M, -HALF_ALONG_M),
        corner(HALF_ACROSS_M, HALF_ALONG_M),
        corner(-HALF_ACROSS_M, HALF_ALONG_M),
      ],
      unplaced: null,
      hot: { position: frame.toLngLat(hot), errorRadiusM: 6, tempC: maxC },
      minC: 15,
      maxC,
      attitudeFrom: 'camera',
      swathM: 2 * HALF_ACROSS_M,
    }
  }
}
