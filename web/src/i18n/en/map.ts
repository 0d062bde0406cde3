export const map = {
  label: 'Map',
  failed: 'This browser cannot draw the map ({detail}). The lists still work; use a browser with WebGL2.',
} as const
