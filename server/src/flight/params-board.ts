import type { DroneParam, DroneParams, DroneStatus, UpkeepNotice } from '@skerry/contract'

/** Parameters that bridges have told since this server started. Nothing here is journaled: they are read again. */
export interface ParamsBoard {
  take(notice: UpkeepNotice): void
  /** It was to be set, and nobody knows what it holds, until its drone tells it. */
  doubt(droneId: string, name: string): void
  /** What is known of the drone as its bridge shows it now; nothing where that is of another start of it. */
  of(status: DroneStatus): DroneParams
}

interface Listed {
  readonly jobId: string
  readonly readAtMs: number
  readonly params: Map<string, DroneParam>
}

export function createParamsBoard(nowMs: () => number): ParamsBoard {
  const listed = new Map<string, Listed>()
  /** What has come of a job that has not told its end. */
  const coming = new Map<string, { readonly jobId: string; readonly params: Map<string, DroneParam> }>()

  return {
    take({ droneId, jobId, params, outcome }) {
      const before = coming.get(droneId)
      const now = before?.jobId === jobId ? before : { jobId, params: new Map<string, DroneParam>() }
      for (const param of params) now.params.set(param.name, param)
      if (outcome === null) {
        coming.set(droneId, now)
        return
      }
      coming.delete(droneId)
      // An end that is told twice comes without what came before it.
      if (listed.get(droneId)?.jobId === jobId) return
      if (outcome.kind === 'listed') listed.set(droneId, { jobId, readAtMs: nowMs(), params: now.params })
      else for (const [name, param] of now.params) listed.get(droneId)?.params.set(name, param)
    },
    doubt(droneId, name) {
      const params = listed.get(droneId)?.params
      const param = params?.get(name)
      if (param) params?.set(name, { ...param, unsure: true })
    },
    of({ droneId, upkeep }) {
      const known = listed.get(droneId)
      if (known === undefined || upkeep?.paramsOf !== known.jobId) return { readAtMs: null, params: [] }
      return { readAtMs: known.readAtMs, params: [...known.params.values()] }
    },
  }
}
