/** A box on the screen, pixels. */
export interface Rect {
  left: number
  top: number
  right: number
  bottom: number
}

/** Whether two boxes share a pixel. */
export const meets = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
