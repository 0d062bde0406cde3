import { setImmediate } from 'node:timers/promises'
import { landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import type { Crossings } from '@skerry/contract'
import { makeNetwork, type Network } from './network.ts'

const made = new WeakMap<Crossings, Promise<Network>>()

/** The network of a crossings file, made once per process and in pieces, so that the server answers meanwhile. */
export function loadNetwork(crossings: Crossings): Promise<Network> {
  const known = made.get(crossings)
  if (known !== undefined) return known
  const making = loadLand().then((land) =>
    makeNetwork(landInBox(land, crossings.box), crossings, () => setImmediate(undefined)),
  )
  made.set(crossings, making)
  return making
}
