import { describe, expect, it } from 'vitest'
import { correctionForm, toCorrection } from './correction-draft.ts'

const opened = correctionForm({ position: [122.123456789, 30.01], place: '普陀', text: '两车追尾' })

describe('a correction', () => {
  it('holds what a person changed, and nothing else', () => {
    expect(toCorrection({ ...opened, place: ' 定海 ' }, opened)).toEqual({ place: '定海' })
    expect(toCorrection({ ...opened, position: '30.02 122.2' }, opened)).toEqual({ position: [122.2, 30.02] })
    expect(toCorrection({ ...opened, text: '' }, opened)).toEqual({ text: '' })
  })
  it('does not round a position that nobody touched', () => {
    expect(toCorrection({ ...opened }, opened)).toEqual({})
  })
  it('is none where the position cannot be read', () => {
    expect(toCorrection({ ...opened, position: '码头' }, opened)).toBeNull()
  })
})
