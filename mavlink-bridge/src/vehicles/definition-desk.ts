import type { Clock } from '../clock.ts'
import { readFtpFile } from '../exchanges/ftp-read.ts'
import type { VehiclePort } from '../exchanges/vehicle-port.ts'
import { definitionPath, readCameraDefinition, type SettingDefinition } from './camera-definition.ts'
import { type Camera, cameraKey } from './cameras.ts'
import type { Vehicle } from './vehicle.ts'

const TRIES = 3
const PAUSE_MS = 60_000

/** Fetches what cameras say of their own parameters, one file at a time, each once for every version. */
export interface DefinitionDesk {
  /** Begins to fetch where something is missing; `found` hears what a file holds. */
  ask(vehicle: Vehicle, found: (camera: Camera, comp: number, settings: readonly SettingDefinition[]) => void): void
}

/** @param fault hears what was thrown on the way; the file is then asked for again like one that did not come */
export function createDefinitionDesk(
  port: VehiclePort,
  clock: Clock,
  rttMs: () => number,
  fault: (error: unknown) => void,
): DefinitionDesk {
  const asked = new Map<string, { tries: number; notBeforeMs: number }>()
  let busy = false

  async function fetch(
    camera: Camera,
    place: { readonly path: string; readonly comp: number },
    found: (camera: Camera, comp: number, settings: readonly SettingDefinition[]) => void,
  ): Promise<boolean> {
    const file = await readFtpFile(place.path, { port, clock, comp: place.comp, rttMs: rttMs() })
    if (!file.ok) return file.error.kind === 'refused'
    const settings = readCameraDefinition(new TextDecoder().decode(file.value))
    if (!('fault' in settings)) found(camera, camera.comp, settings)
    return true
  }

  return {
    ask(vehicle, found) {
      if (busy) return
      const nowMs = clock.nowMs()
      for (const camera of vehicle.cameras.values()) {
        const { definition } = camera
        const place = definition === null ? null : definitionPath(definition.uri, camera.comp)
        if (definition === null || place === null) continue
        const key = `${cameraKey(camera)} ${definition.uri} ${definition.version}`
        const before = asked.get(key) ?? { tries: 0, notBeforeMs: 0 }
        if (before.tries >= TRIES || nowMs < before.notBeforeMs) continue
        asked.set(key, { tries: before.tries + 1, notBeforeMs: nowMs + PAUSE_MS })
        busy = true
        fetch(camera, place, found)
          .then((settled) => {
            if (settled) asked.set(key, { tries: TRIES, notBeforeMs: 0 })
          })
          .catch(fault)
          .finally(() => (busy = false))
        return
      }
    },
  }
}
