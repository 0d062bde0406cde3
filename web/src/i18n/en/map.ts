export const map = {
  label: 'Map',
  noMapHere:
    'No map here: the embedded map covers the archipelago around Zhoushan only. What is drawn stands at its true place.',
  failed: 'This browser cannot draw the map ({detail}). The lists still work; use a browser with WebGL2.',
  goThere: 'Show',
  noPointer: 'pointer off the map',
  noElevation: 'no elevation data',
  layers: 'Layers',
  layer: {
    zones: 'Zones',
    units: 'Units',
    vessels: 'Vessels (AIS)',
    incidents: 'Incidents',
    hotspots: 'Incident hotspots',
    checkpoints: 'Checkpoints',
    drones: 'Drones',
    footprints: 'Sensor footprints',
    searches: 'Searches and tasks',
  },
} as const
