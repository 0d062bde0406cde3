import type { LngLat, WhyHere } from '@skerry/contract'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { request } from '../../api/request.ts'
import { useWhy } from './use-why.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('takes away what was said of a place as soon as another is asked about, and not when only the map has changed', async () => {
  const asked = ref({ searchId: 's', mapRevision: 1, at: [122, 30] as LngLat })
  let poa = 0.1
  const ask = (async () => ({ ok: true, value: { poa } as WhyHere })) as unknown as typeof request
  const scope = effectScope()
  const why = scope.run(() => useWhy(() => asked.value, ask))!
  await vi.advanceTimersByTimeAsync(500)
  expect(why.answer.value).toEqual({ poa: 0.1 })
  poa = 0.2
  asked.value = { ...asked.value, mapRevision: 2 }
  await vi.advanceTimersByTimeAsync(100)
  expect(why.answer.value).toEqual({ poa: 0.1 })
  await vi.advanceTimersByTimeAsync(400)
  expect(why.answer.value).toEqual({ poa: 0.2 })
  asked.value = { ...asked.value, at: [122.1, 30] }
  expect(why.answer.value).toBeNull()
  await vi.advanceTimersByTimeAsync(500)
  expect(why.answer.value).toEqual({ poa: 0.2 })
  scope.stop()
})
