import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { IconLayer, PathLayer, PolygonLayer } from '@deck.gl/layers'
import type { DroneStatus, LngLat } from '@skerry/contract'
import { NamesLayer } from '../labels/names-layer.ts'
import { ICON_MAPPING, symbolAtlas } from '../symbols/atlas.ts'
import type { SymbolName } from '../symbols/paths.ts'
import { paletteOf, withOpacity, type Rgba, type Theme } from '../theme/palette.ts'
import { trailSegments, type TrailPoint } from './trail.ts'

/** One drone to draw. */
export interface DroneOnMap {
  status: DroneStatus
  /** Oldest first. */
  trail: readonly TrailPoint[]
  /** Short name beside the symbol. */
  label: string
}

export interface DroneLayerProps {
  data: readonly DroneOnMap[]
  /** Id of the drone that is looked at. @default null */
  selected?: string | null
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
  /** Draw the ground that the sensor sees now. @default true */
  footprints?: boolean
  /** Side of the symbol in pixels. @default 34 */
  sizePx?: number
}

const defaultProps: DefaultProps<DroneLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
  footprints: true,
  sizePx: 34,
}

const LINK_SHAPES: Readonly<Record<DroneStatus['link']['state'], SymbolName>> = {
  live: 'link-live',
  degraded: 'link-degraded',
  lost: 'link-lost',
}

/** Our aircraft: heading, trail, link state by the shape of the ring (whole, broken, crossed), sensor footprint. */
export class DroneLayer extends CompositeLayer<DroneLayerProps> {
  static override layerName = 'DroneLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme, stale, footprints, sizePx = 34 } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const placed = data.filter((drone) => drone.status.position !== null)
    const color = (drone: DroneOnMap): Rgba => (drone.status.link.state === 'lost' ? palette.stale : palette.drone)
    const ring = (drone: DroneOnMap): Rgba => {
      if (drone.status.link.state === 'lost' || drone.status.duplicateId) return palette.critical
      if (drone.status.link.state === 'degraded') return palette.warning
      return drone.status.droneId === selected ? palette.select : withOpacity(palette.drone, 0.7)
    }
    if (placed.length === 0) return []
    const icons = {
      data: placed,
      getPosition: (drone: DroneOnMap): LngLat => drone.status.position!.lngLat,
      iconAtlas: symbolAtlas() as never,
      iconMapping: ICON_MAPPING as never,
      sizeUnits: 'pixels' as const,
    }
    const seen = footprints === false ? [] : placed.filter((drone) => drone.status.footprint?.corners != null)
    return [
      new PolygonLayer<DroneOnMap>(this.getSubLayerProps({ id: 'footprint' }), {
        pickable: false,
        data: seen,
        getPolygon: (drone: DroneOnMap) => drone.status.footprint!.corners!,
        getFillColor: withOpacity(palette.drone, 0.18),
        getLineColor: palette.drone,
        getLineWidth: 1,
        lineWidthUnits: 'pixels',
        updateTriggers: { getFillColor: look, getLineColor: look },
      }),
      new PathLayer<ReturnType<typeof trailSegments>[number]>(this.getSubLayerProps({ id: 'trail' }), {
        pickable: false,
        data: placed.flatMap((drone) => trailSegments(drone.trail)),
        getPath: (segment) => segment.path,
        getColor: (segment) =>
          segment.gap ? withOpacity(palette.muted, 0.6) : withOpacity(palette.drone, segment.opacity),
        getWidth: (segment) => (segment.gap ? 1 : 2),
        widthUnits: 'pixels',
        updateTriggers: { getColor: look },
      }),
      new IconLayer<DroneOnMap>(this.getSubLayerProps({ id: 'notch' }), {
        pickable: false,
        ...icons,
        data: placed.filter((drone) => drone.status.headingDeg !== null),
        // lies on the map, so that a turned map turns the heading with it
        billboard: false,
        getIcon: () => 'notch',
        getAngle: (drone) => -drone.status.headingDeg!,
        getSize: sizePx * 1.6,
        getColor: color,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<DroneOnMap>(this.getSubLayerProps({ id: 'plate' }), {
        ...icons,
        getIcon: () => 'plate',
        getSize: sizePx,
        getColor: palette.plate,
        pickable: this.props.pickable,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<DroneOnMap>(this.getSubLayerProps({ id: 'ring' }), {
        pickable: false,
        ...icons,
        getIcon: (drone) => LINK_SHAPES[drone.status.link.state],
        getSize: sizePx,
        getColor: ring,
        updateTriggers: { getColor: look },
      }),
      new IconLayer<DroneOnMap>(this.getSubLayerProps({ id: 'symbol' }), {
        pickable: false,
        ...icons,
        getIcon: () => 'drone',
        getSize: sizePx * 0.62,
        getColor: color,
        updateTriggers: { getColor: look },
      }),
      new NamesLayer(this.getSubLayerProps({ id: 'label' }), {
        data: placed.map(({ status, label }) => ({ position: status.position!.lngLat, text: label })),
        pickable: false,
        theme: theme ?? 'night',
        stale: stale ?? false,
        clearPx: sizePx * 0.75,
      }),
    ]
  }
}
