import type { Picture } from '../../picture/picture.ts'

/** Id of the counter of incidents' numbers. */
export const COUNTED = 'incident'

/** The highest number that an incident in the picture has, or had that has left it; 0: there was none. */
export function highestNumber(picture: Picture): number {
  let last = picture.counter.get(COUNTED)?.last ?? 0
  for (const { number } of picture.incident.values()) last = Math.max(last, number)
  return last
}
