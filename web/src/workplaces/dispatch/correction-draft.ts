import type { Incident, LngLat } from '@skerry/contract'
import { parsePosition, positionText } from '../../format/distance.ts'

/** What the form of a correction holds; `position` as typed or as put there by a click on the map. */
export interface CorrectionForm {
  position: string
  place: string
  text: string
}
export interface Correction {
  position?: LngLat
  place?: string
  text?: string
}

/** A form that says what the incident says now. */
export const correctionForm = ({ position, place, text }: Pick<Incident, keyof CorrectionForm>): CorrectionForm => ({
  position: positionText(position),
  place,
  text,
})

/**
 * What a person changed in the form since it was opened: whatever came of the incident meanwhile is not undone. Null
 * where the position cannot be read.
 */
export function toCorrection(form: CorrectionForm, opened: CorrectionForm): Correction | null {
  const correction: Correction = {}
  if (form.position.trim() !== opened.position) {
    const position = parsePosition(form.position)
    if (position === null) return null
    correction.position = position
  }
  if (form.place.trim() !== opened.place.trim()) correction.place = form.place.trim()
  if (form.text.trim() !== opened.text.trim()) correction.text = form.text.trim()
  return correction
}
