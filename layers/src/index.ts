export { CheckpointLayer, figureText, type CheckpointLayerProps } from './checkpoints/checkpoint-layer.ts'
export { flowFigures, flowTicks, TICKS, type FlowFigure, type FlowTick } from './checkpoints/checkpoint-rows.ts'
export { DroneLayer, type DroneLayerProps, type DroneOnMap } from './drones/drone-layer.ts'
export { trailSegments, type TrailPoint, type TrailSegment } from './drones/trail.ts'
export {
  benjaminiHochberg,
  HOTSPOT_POLICY,
  hotspots,
  type HotspotCell,
  type HotspotPolicy,
} from './hotspots/gi-star.ts'
export { HotspotLayer, type HotspotLayerProps } from './hotspots/hotspot-layer.ts'
export { IncidentLayer, incidentShape, type IncidentLayerProps } from './incidents/incident-layer.ts'
export { UNIT_KINDS, UNIT_STATUSES, unitAttributes, type UnitAttributes } from './movers/unit-attributes.ts'
export { UnitLayer, type UnitLayerProps } from './movers/unit-layer.ts'
export { NamesLayer, type DrawnThere, type NameOnMap, type NamesLayerProps } from './labels/names-layer.ts'
export { placeLabels, textWidthPx, type LabelBox, type LabelPlace } from './labels/place-labels.ts'
export { EvidenceLayer, type Evidence, type EvidenceLayerProps } from './search/evidence-layer.ts'
export {
  candidateShape,
  CandidateLayer,
  ReadingLayer,
  type CandidateLayerProps,
  type ReadingLayerProps,
} from './search/finding-layers.ts'
export {
  ProbabilityGridLayer,
  SweptLayer,
  type ProbabilityGridLayerProps,
  type SweptLayerProps,
} from './search/grid-layers.ts'
export { gridBounds, hatchLine, probabilityImage, sweptImage, type PixelImage } from './search/grid-image.ts'
export { legendStops, rampColor, type LegendStop } from './search/probability-ramp.ts'
export { ringCentre, TaskLayer, type TaskLayerProps } from './search/task-layer.ts'
export { ICON_MAPPING, symbolAtlas } from './symbols/atlas.ts'
export { SYMBOL_NAMES, SYMBOLS, type SymbolName } from './symbols/paths.ts'
export { vesselAttributes, type VesselAttributes } from './vessels/vessel-attributes.ts'
export { VesselLayer, type VesselLayerProps } from './vessels/vessel-layer.ts'
export { paletteOf, type Palette, type Rgba, type Theme } from './theme/palette.ts'
export { freshness, LOST_AFTER_S, STALE_AFTER_S } from './theme/staleness.ts'
export { ZoneLayer, type ZoneLayerProps, type ZoneOnMap } from './zones/zone-layer.ts'
export { zoneNamePlace, zoneRings } from './zones/zone-outline.ts'
