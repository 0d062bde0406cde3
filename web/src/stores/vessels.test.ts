import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { useVessels } from './vessels.ts'

afterEach(() => void vi.unstubAllGlobals())

it('takes what is known of a vessel whose feed a stored position no longer says', async () => {
  setActivePinia(createPinia())
  const facts = { mmsi: '412345678', handle: 7, group: 'unknown', feed: null, navStatus: null, destination: null }
  const unsaid = { name: null, callSign: null, imo: null, lengthM: null, beamM: null, draughtM: null, safetyTexts: [] }
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ ...facts, ...unsaid })))
  const vessels = useVessels()
  await vessels.ask(7)
  expect(vessels.facts.get(7)).toMatchObject({ mmsi: '412345678', feed: null })
})
