export { CheckpointLayer, figureText, type CheckpointLayerProps } from './checkpoints/checkpoint-layer.ts'
export {
  flowFigures,
  flowTicks,
  longestWait,
  queueTrend,
  TICKS,
  type FlowFigure,
  type FlowTick,
  type Trend,
} from './checkpoints/checkpoint-rows.ts'
export {
  ConsignmentLayer,
  consignmentText,
  type ConsignmentLayerProps,
  type ConsignmentOnMap,
} from './consignments/consignment-layer.ts'
export { DroneLayer, type DroneLayerProps, type DroneOnMap } from './drones/drone-layer.ts'
export { trailSegments, type TrailPoint, type TrailSegment } from './drones/trail.ts'
export {
  benjaminiHochberg,
  HOTSPOT_POLICY,
  hotspots,
  type Exposure,
  type HotspotCell,
  type HotspotPolicy,
} from './hotspots/gi-star.ts'
export { DENSITY_POLICY, incidentDensity, type DensityGrid, type DensityPolicy } from './hotspots/kde.ts'
export { DensityLayer, densityLegend, type DensityLayerProps } from './hotspots/density-layer.ts'
export { computeHotspots, type HotspotAnswer, type HotspotQuestion, type HotspotView } from './hotspots/compute.ts'
export { HotspotLayer, type HotspotLayerProps } from './hotspots/hotspot-layer.ts'
export { IncidentLayer, incidentLook, type IncidentLayerProps, type IncidentLook } from './incidents/incident-layer.ts'
export { UNIT_KINDS, UNIT_STATUSES, unitAttributes, type UnitAttributes } from './movers/unit-attributes.ts'
export { UnitLayer, type UnitLayerProps } from './movers/unit-layer.ts'
export { NamesLayer, type DrawnThere, type NameOnMap, type NamesLayerProps } from './labels/names-layer.ts'
export { placeLabels, textWidthPx, type LabelBox, type LabelPlace } from './labels/place-labels.ts'
export { legsShiftPx, spiderLegs, type SpiderLeg } from './labels/spider-places.ts'
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
export { SailingLayer, sailingText, type SailingLayerProps, type SailingOnMap } from './sailings/sailing-layer.ts'
export { ICON_MAPPING, symbolAtlas } from './symbols/atlas.ts'
export { SYMBOL_NAMES, SYMBOLS, type SymbolName } from './symbols/paths.ts'
export { TrackLayer, type TrackLayerProps } from './tracks/track-layer.ts'
export {
  placeAt,
  trackMarks,
  trackPieces,
  trackStops,
  type TrackMark,
  type TrackPiece,
  type TrackPlace,
  type TrackStop,
} from './tracks/track-rows.ts'
export { vesselAttributes, type VesselAttributes } from './vessels/vessel-attributes.ts'
export { VesselLayer, type VesselLayerProps } from './vessels/vessel-layer.ts'
export { labelLook, type LabelLook } from './theme/label.ts'
export { paletteOf, type Palette, type Rgba, type Theme } from './theme/palette.ts'
export { freshness, LOST_AFTER_S, STALE_AFTER_S } from './theme/staleness.ts'
export { ZoneLayer, type ZoneLayerProps, type ZoneOnMap } from './zones/zone-layer.ts'
export { zoneNamePlace, zoneRings } from './zones/zone-outline.ts'
export { DrawingLayer, type DrawingLayerProps, type DrawnThing } from './drawings/drawing-layer.ts'
