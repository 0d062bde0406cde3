export const map = {
  label: 'Map',
  failed: 'This browser cannot draw the map ({detail}). The lists still work; use a browser with WebGL2.',
  goThere: 'Show',
  noPointer: 'pointer off the map',
  noElevation: 'no elevation data',
  layers: 'Layers',
  layer: {
    units: 'Units',
    incidents: 'Incidents',
    hotspots: 'Incident hotspots',
    checkpoints: 'Checkpoints',
    drones: 'Drones',
    footprints: 'Sensor footprints',
    searches: 'Searches and tasks',
  },
} as const
