export { ACCURACY_NOTE, ATTRIBUTION, BOUNDS, hasMap } from './area.ts'
export { contains, isLand, landInBox, type LandPolygon } from './land.ts'
export { PLACES, type Place } from './places.ts'
export { basemapStyle, type BasemapStyle } from './style.ts'
