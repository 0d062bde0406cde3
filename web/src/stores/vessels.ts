import type { Vessel } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { z } from 'zod'
import { request } from '../api/request.ts'

const worded = z.string().nullable()
const figure = z.number().nullable()
/** What the inspector shows of an answer; positions come over the motion plane. */
const VesselFacts = z.object({
  mmsi: z.string(),
  handle: z.number(),
  group: z.string(),
  name: worded,
  callSign: worded,
  imo: figure,
  lengthM: figure,
  beamM: figure,
  draughtM: figure,
  destination: worded,
  navStatus: figure,
  feed: worded,
  safetyTexts: z.array(z.object({ to: worded, text: z.string(), firstAtMs: z.number(), lastAtMs: z.number() })),
})
export type VesselFacts = z.infer<typeof VesselFacts> & Pick<Vessel, 'group'>

/** What vessels that were looked at say of themselves, by their number on the motion plane. */
export const useVessels = defineStore('vessels', () => {
  const facts = shallowRef<ReadonlyMap<number, VesselFacts>>(new Map())
  async function ask(handle: number): Promise<void> {
    const answer = await request('GET', `/api/vessels/${handle}`, undefined, VesselFacts)
    const next = new Map(facts.value)
    if (answer.ok) next.set(handle, answer.value as VesselFacts)
    else if (answer.failure.kind === 'problem') next.delete(handle) // no longer heard
    facts.value = next
  }
  return { facts, ask }
})
