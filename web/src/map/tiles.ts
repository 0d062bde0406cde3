import tilesUrl from '@skerry/basemap/zhoushan.pmtiles?url'
import { addProtocol } from 'maplibre-gl'
import { PMTiles, Protocol, type RangeResponse, type Source } from 'pmtiles'

/** Style URL of the embedded tiles: read whole from this origin once, then served from memory. */
export const TILES = 'pmtiles://zhoushan'

/** A PMTiles file in memory, so that the server needs no Range support. */
function memorySource(key: string, load: () => Promise<ArrayBuffer>): Source {
  let loading: Promise<ArrayBuffer> | null = null
  return {
    getKey: () => key,
    async getBytes(offset: number, length: number): Promise<RangeResponse> {
      loading ??= load()
      const whole = await loading.catch((error: unknown) => {
        loading = null // the next tile asks again
        throw error
      })
      return { data: whole.slice(offset, offset + length) }
    },
  }
}

async function fetchTiles(): Promise<ArrayBuffer> {
  const response = await fetch(tilesUrl)
  if (!response.ok) throw new Error(`basemap: ${response.status}`)
  return response.arrayBuffer()
}

let registered = false
/** Teaches the map library to read the embedded tiles. Safe to call for every map. */
export function registerTiles(): void {
  if (registered) return
  registered = true
  const protocol = new Protocol()
  protocol.add(new PMTiles(memorySource('zhoushan', fetchTiles)))
  addProtocol('pmtiles', protocol.tile)
}
