import { expect, it } from 'vitest'
import type { Translate } from '../../i18n/words.ts'
import { chosenCamera, chosenGimbal } from './camera-choice.ts'
import { optionText } from './palette-text.ts'
import { thermalText } from './thermal-text.ts'

/** Keys with what they are filled with, instead of words. */
const t: Translate = (key, named) => [key, ...Object.values(named ?? {})].join(' ')
const range = (minC: number | null, maxC: number | null, atMs: number | null) => ({ minC, maxC, atMs, measuring: true })

it('shows temperatures with their age, and says when they are not of now', () => {
  const shown = thermalText(range(8.04, 31.55, 1000), 1400, t)
  expect(shown?.text).toMatch(/^fly\.camera\.temperatures 8\.0 31\.6 common\.age\.ago/)
  expect(shown?.old).toBe(false)
  expect(thermalText(range(8, 31, 1000), 6000, t)?.old).toBe(true)
})
it('shows what is unknown as unknown', () => {
  expect(thermalText(range(null, 31, 1000), 1000, t)?.text).toContain('common.unknown')
  expect(thermalText(range(null, null, 1000), 1000, t)).toBeNull()
  expect(thermalText(range(1, 2, null), 1000, t)).toBeNull()
})
it('names common palettes in the language of the pilot, and others in the words of the camera', () => {
  expect(optionText({ text: 'White_Hot', textZh: null }, 'zh', t)).toBe('fly.palette.whitehot')
  expect(optionText({ text: 'Maker 7', textZh: '七号' }, 'zh', t)).toBe('七号')
  expect(optionText({ text: 'Maker 7', textZh: null }, 'zh', t)).toBe('Maker 7')
  expect(optionText({ text: 'Maker 7', textZh: '七号' }, 'en', t)).toBe('Maker 7')
})
it('orders the main camera and its gimbal until another is chosen, and again when that one is gone', () => {
  const can = { zoom: true, photo: true }
  const brief = { id: '101-0', vendor: '', model: '', thermal: false, zoomPercent: 40, images: null, can }
  const gimbals = [
    { id: '1-1', control: null, ofCamera: true, looks: null },
    { id: '154-154', control: null, ofCamera: false, looks: null },
  ]
  const status = { camera: { zoomPercent: 10, can } as never, cameras: [brief], gimbal: null, gimbals }
  expect(chosenCamera(status, null)?.zoomPercent).toBe(10)
  expect(chosenCamera(status, '101-0')?.zoomPercent).toBe(40)
  expect(chosenCamera(status, '9-0')?.zoomPercent).toBe(10)
  expect([null, '154-154', '9-9'].map((id) => chosenGimbal(status, id)?.id)).toEqual(['1-1', '154-154', '1-1'])
})
