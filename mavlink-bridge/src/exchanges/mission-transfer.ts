import type { Clock } from '../clock.ts'
import type { MissionItem } from '../plan/mission-item.ts'
import { type DecodedMessage, isMessage } from '../wire/decode.ts'
import {
  type DownloadEvent,
  type DownloadOutcome,
  type DownloadPolicy,
  type DownloadSend,
  type DownloadState,
  nextDownload,
  startDownload,
} from './download-machine.ts'
import { CANCELLED } from './mission-result.ts'
import {
  nextUpload,
  startUpload,
  type UploadEvent,
  type UploadOutcome,
  type UploadPolicy,
  type UploadSend,
  type UploadState,
} from './upload-machine.ts'
import { drive } from './drive.ts'
import { isForUs, type VehiclePort } from './vehicle-port.ts'

export interface TransferPorts {
  readonly port: VehiclePort
  readonly clock: Clock
  /** Component that holds the plan. */
  readonly comp: number
  /** Which of the three plans; the mission where nothing is said. */
  readonly missionType?: MissionType
  /** Aborted: the transfer ends as cancelled, and the vehicle is told. */
  readonly signal?: AbortSignal
}
type OnProgress = (done: number) => void
/** MAV_MISSION_TYPE: the mission, the fence, the rally points. */
export type MissionType = 0 | 1 | 2

/** Sends the items as the vehicle asks for them. The outcome is the vehicle's word, not yet the truth: read it back. */
export function uploadMission(
  items: readonly MissionItem[],
  policy: UploadPolicy,
  { port, clock, comp, missionType = 0, signal }: TransferPorts,
  onProgress: OnProgress = () => undefined,
): Promise<UploadOutcome> {
  const target = { target_system: port.systemId, target_component: comp, mission_type: missionType }
  function send(out: UploadSend): Error | null {
    if (out.send === 'count') return port.send('MISSION_COUNT', { ...target, count: policy.count })
    if (out.send === 'cancel') return port.send('MISSION_ACK', { ...target, type: CANCELLED })
    const item = items[out.seq]
    const fault = item === undefined ? null : port.send('MISSION_ITEM_INT', { ...target, ...item })
    if (fault === null) onProgress(out.seq)
    return fault
  }
  return drive<UploadState, UploadEvent, UploadSend, UploadOutcome>({
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    clock,
    start: () => startUpload(clock.nowMs(), policy),
    next: (state, event) => nextUpload(state, event, policy),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    cancel: { signal, event: { type: 'cancelled' } },
    send,
    listen: (feed) =>
      port.listen(({ comp: from, message, atMs }) => {
        if (from !== comp) return
        const event = uploadEvent(port, missionType, message, atMs)
        if (event !== null) feed(event)
      }),
  })
}

/** Both kinds of request are answered with MISSION_ITEM_INT: ArduPilot asks with the older one and takes the newer. */
function uploadEvent(
  port: VehiclePort,
  missionType: MissionType,
  message: DecodedMessage,
  atMs: number,
): UploadEvent | null {
  if (isMessage(message, 'MISSION_REQUEST') || isMessage(message, 'MISSION_REQUEST_INT')) {
    const { fields } = message
    const ours = fields.mission_type === missionType && isForUs(port, fields)
    return ours ? { type: 'asked', seq: fields.seq, atMs } : null
  }
  if (isMessage(message, 'MISSION_ACK')) {
    const { fields } = message
    const ours = fields.mission_type === missionType && isForUs(port, fields)
    return ours ? { type: 'acked', result: fields.type, atMs } : null
  }
  return null
}

/** Reads the plan out of the vehicle. */
export function downloadMission(
  policy: DownloadPolicy,
  { port, clock, comp, missionType = 0, signal }: TransferPorts,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<DownloadOutcome> {
  const target = { target_system: port.systemId, target_component: comp, mission_type: missionType }
  let total = 0
  function send(out: DownloadSend): Error | null {
    if (out.send === 'list') return port.send('MISSION_REQUEST_LIST', target)
    if (out.send !== 'request')
      return port.send('MISSION_ACK', { ...target, type: out.send === 'cancel' ? CANCELLED : 0 })
    onProgress(out.seq, total)
    return port.send('MISSION_REQUEST_INT', { ...target, seq: out.seq })
  }
  return drive<DownloadState, DownloadEvent, DownloadSend, DownloadOutcome>({
    outcome: (state) => (state.at === 'ended' ? state.outcome : null),
    clock,
    start: () => startDownload(clock.nowMs(), policy),
    next: (state, event) => nextDownload(state, event, policy),
    quiet: (atMs) => ({ type: 'quiet', atMs }),
    cancel: { signal, event: { type: 'cancelled' } },
    send,
    listen: (feed) =>
      port.listen(({ comp: from, message, atMs }) => {
        if (from !== comp) return
        const event = downloadEvent(port, missionType, message, atMs)
        if (event?.type === 'counted') total = event.count
        if (event !== null) feed(event)
      }),
  })
}

function downloadEvent(
  port: VehiclePort,
  missionType: MissionType,
  message: DecodedMessage,
  atMs: number,
): DownloadEvent | null {
  if (
    isMessage(message, 'MISSION_COUNT') ||
    isMessage(message, 'MISSION_ITEM_INT') ||
    isMessage(message, 'MISSION_ACK')
  ) {
    if (message.fields.mission_type !== missionType || !isForUs(port, message.fields)) return null
  }
  if (isMessage(message, 'MISSION_COUNT'))
    return { type: 'counted', count: message.fields.count, onboardId: message.fields.opaque_id, atMs }
  if (isMessage(message, 'MISSION_ACK')) return { type: 'acked', result: message.fields.type }
  if (!isMessage(message, 'MISSION_ITEM_INT')) return null
  const { target_system: _sys, target_component: _comp, mission_type: _type, ...item } = message.fields
  return { type: 'item', item, atMs }
}
