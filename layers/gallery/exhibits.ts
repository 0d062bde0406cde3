import type { Layer } from '@deck.gl/core'
import {
  CandidateLayer,
  CheckpointLayer,
  ConsignmentLayer,
  DrawingLayer,
  DroneLayer,
  EvidenceLayer,
  DensityLayer,
  HotspotLayer,
  hotspots,
  incidentDensity,
  IncidentLayer,
  NamesLayer,
  ProbabilityGridLayer,
  ReadingLayer,
  SailingLayer,
  SweptLayer,
  TaskLayer,
  TrackLayer,
  UnitLayer,
  VesselLayer,
  ZoneLayer,
  type Theme,
} from '../src/index.ts'
import * as sample from './samples.ts'

/** One layer on show. */
export interface Exhibit {
  name: string
  /** Source file below `src`, where the props are documented. */
  file: string
  /** Web Mercator zoom of 512-pixel tiles at which it is shown. */
  zoom: number
  build: (theme: Theme) => Layer[]
}

const frame = sample.gridFrame()
const probability = (): Layer => new ProbabilityGridLayer({ id: 'probability', frame })

export const EXHIBITS: readonly Exhibit[] = [
  {
    name: 'UnitLayer',
    file: 'movers/unit-layer.ts',
    zoom: 12,
    build: (theme) => [new UnitLayer({ id: 'units', columns: sample.unitColumns(), selected: 13, theme })],
  },
  {
    name: 'VesselLayer',
    file: 'vessels/vessel-layer.ts',
    zoom: 12,
    build: (theme) => [new VesselLayer({ id: 'vessels', columns: sample.vesselColumns(), selected: 3, theme })],
  },
  {
    name: 'IncidentLayer',
    file: 'incidents/incident-layer.ts',
    zoom: 12,
    build: (theme) => [new IncidentLayer({ id: 'incidents', data: sample.incidents(), selected: 'incident-3', theme })],
  },
  {
    name: 'ZoneLayer',
    file: 'zones/zone-layer.ts',
    zoom: 12,
    build: (theme) => [
      new ZoneLayer({
        id: 'zones',
        data: sample.zones(),
        selected: 'zone-2',
        alarms: { 'zone-3': 'critical', 'zone-4': 'warning' },
        theme,
      }),
    ],
  },
  {
    name: 'HotspotLayer',
    file: 'hotspots/hotspot-layer.ts',
    zoom: 11.5,
    build: (theme) => [new HotspotLayer({ id: 'hotspots', data: hotspots(sample.incidentPlaces()), theme })],
  },
  {
    name: 'DensityLayer',
    file: 'hotspots/density-layer.ts',
    zoom: 11,
    build: () => [new DensityLayer({ id: 'density', grid: incidentDensity(sample.incidentPlaces()) })],
  },
  {
    name: 'CheckpointLayer',
    file: 'checkpoints/checkpoint-layer.ts',
    zoom: 12,
    build: (theme) => [
      new CheckpointLayer({ id: 'checkpoints', data: sample.checkpoints(), selected: 'putuoshan', theme }),
    ],
  },
  {
    name: 'SailingLayer',
    file: 'sailings/sailing-layer.ts',
    zoom: 12,
    build: (theme) => [new SailingLayer({ id: 'sailings', data: sample.sailings(), selected: 's2', theme })],
  },
  {
    name: 'ConsignmentLayer',
    file: 'consignments/consignment-layer.ts',
    zoom: 12,
    build: (theme) => [
      new ConsignmentLayer({ id: 'consignments', data: sample.consignments(), selected: 'c5', theme }),
    ],
  },
  {
    name: 'DroneLayer',
    file: 'drones/drone-layer.ts',
    zoom: 13.5,
    build: (theme) => [new DroneLayer({ id: 'drones', data: sample.drones(), selected: 'main-1', theme })],
  },
  {
    name: 'TrackLayer',
    file: 'tracks/track-layer.ts',
    zoom: 12,
    build: (theme) => [
      new TrackLayer({ id: 'track', track: sample.track(), atMs: sample.NOW_MS - 25 * 60_000, theme }),
    ],
  },
  {
    name: 'NamesLayer',
    file: 'labels/names-layer.ts',
    zoom: 14.5,
    build: (theme) => [
      new NamesLayer({
        id: 'names',
        data: [0, 0, 0.2, 0.25].map((eastKm, index) => ({ position: sample.at(eastKm, 0), text: `普陀-10${index}` })),
        theme,
      }),
    ],
  },
  { name: 'ProbabilityGridLayer', file: 'search/grid-layers.ts', zoom: 12.5, build: () => [probability()] },
  {
    name: 'SweptLayer',
    file: 'search/grid-layers.ts',
    zoom: 13,
    build: (theme) => [probability(), new SweptLayer({ id: 'swept', frame, theme })],
  },
  {
    name: 'TaskLayer',
    file: 'search/task-layer.ts',
    zoom: 13.5,
    build: (theme) => [
      new TaskLayer({
        id: 'tasks',
        data: [sample.task(1, -1.5, -0.5), sample.task(2, 0.1, -0.5)],
        selected: 'task-2',
        theme,
      }),
    ],
  },
  {
    name: 'ReadingLayer',
    file: 'search/finding-layers.ts',
    zoom: 14,
    build: (theme) => [new ReadingLayer({ id: 'readings', data: sample.readings(), theme })],
  },
  {
    name: 'CandidateLayer',
    file: 'search/finding-layers.ts',
    zoom: 13.5,
    build: (theme) => [
      new CandidateLayer({ id: 'candidates', data: sample.candidates(), selected: 'candidate-2', theme }),
    ],
  },
  {
    name: 'EvidenceLayer',
    file: 'search/evidence-layer.ts',
    zoom: 13.5,
    build: (theme) => [new EvidenceLayer({ id: 'evidence', data: sample.evidence(), theme })],
  },
  {
    name: 'DrawingLayer',
    file: 'drawings/drawing-layer.ts',
    zoom: 13.5,
    build: (theme) => [new DrawingLayer({ id: 'drawings', data: sample.drawings(), theme })],
  },
]
