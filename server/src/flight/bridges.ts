import type {
  Answer,
  CancelFenceRequest,
  CancelUpkeepRequest,
  CancelUploadRequest,
  FenceRequest,
  LeaseNotice,
  OrderRequest,
  Plan,
  ReadBack,
  UpkeepRequest,
  UploadRequest,
} from '@skerry/contract'
import { isOfBridge } from './drone-board.ts'

/** What can be asked of a connected bridge. Answers say that the bridge took the request, not that it worked. */
export interface BridgePort {
  readonly bridgeId: string
  /** When the bridge process started: another time is another run, which assumes nothing of the one before. */
  readonly startedAtMs: number
  lease(notice: LeaseNotice): void
  /** `silent`: no answer in time; whether it was taken is not known. */
  upload(request: UploadRequest): Promise<Answer<null> | 'silent'>
  cancelUpload(request: CancelUploadRequest): Promise<Answer<null> | 'silent'>
  fence(request: FenceRequest): Promise<Answer<null> | 'silent'>
  cancelFence(request: CancelFenceRequest): Promise<Answer<null> | 'silent'>
  upkeep(request: UpkeepRequest): Promise<Answer<null> | 'silent'>
  cancelUpkeep(request: CancelUpkeepRequest): Promise<Answer<null> | 'silent'>
  order(request: OrderRequest): Promise<Answer<null> | 'silent'>
  readBack(request: { droneId: string; expect: Plan | null }): Promise<Answer<ReadBack>>
}

/** The bridges that are connected now. */
export interface Bridges {
  of(droneId: string): BridgePort | null
  get(bridgeId: string): BridgePort | null
  connect(port: BridgePort): void
  /** Forgets the port, unless a newer connection of the same bridge has taken its place. */
  disconnect(port: BridgePort): void
}

export function createBridges(): Bridges {
  const ports = new Map<string, BridgePort>()
  return {
    get: (bridgeId) => ports.get(bridgeId) ?? null,
    of(droneId) {
      for (const port of ports.values()) if (isOfBridge(droneId, port.bridgeId)) return port
      return null
    },
    connect: (port) => {
      ports.set(port.bridgeId, port)
    },
    disconnect: (port) => {
      if (ports.get(port.bridgeId) === port) ports.delete(port.bridgeId)
    },
  }
}
