/** Night for dark map rooms, day for lit rooms and tablets in the sun. */
export type Theme = 'night' | 'day'

/** Puts the theme on the document, where the colour tokens hang. */
export function applyTheme(theme: Theme, root: HTMLElement): void {
  root.dataset['theme'] = theme
}
