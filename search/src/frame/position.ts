/** A place on WGS-84: longitude then latitude, degrees. */
export type LngLat = [lng: number, lat: number]

/** A point in a local frame: metres east, metres north of the frame's origin. */
export type LocalM = [eastM: number, northM: number]

/** GeoJSON Polygon coordinates: closed rings of `[lng, lat]`, the first outer, the others holes. */
export type PolygonLngLat = readonly (readonly (readonly number[])[])[]

/** GeoJSON MultiPolygon coordinates. */
export type MultiPolygonLngLat = readonly PolygonLngLat[]
