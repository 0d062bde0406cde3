import { CompositeLayer, type DefaultProps, type LayersList } from '@deck.gl/core'
import { PathLayer, PolygonLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers'
import type { LngLat, Task } from '@skerry/contract'
import { labelLook } from '../theme/label.ts'
import { paletteOf, withOpacity, type Theme } from '../theme/palette.ts'

export interface TaskLayerProps {
  data: readonly Task[]
  /** Id of the task that is looked at. @default null */
  selected?: string | null
  /** @default 'night' */
  theme?: Theme
  /** @default false */
  stale?: boolean
}

const defaultProps: DefaultProps<TaskLayerProps> = {
  data: { type: 'data', value: [] },
  selected: { type: 'object', value: null },
  theme: { type: 'object', value: 'night' },
  stale: false,
}

/** Middle of a ring's corners, for its label. */
export function ringCentre(ring: readonly LngLat[]): LngLat {
  const sum = ring.reduce(([x, y], [lng, lat]) => [x + lng, y + lat], [0, 0])
  return [sum[0]! / ring.length, sum[1]! / ring.length]
}

/** Tasks as they will be flown: outline, lanes and the turns between them, start (dot), end (ring), and the number. */
export class TaskLayer extends CompositeLayer<TaskLayerProps> {
  static override layerName = 'TaskLayer'
  static override defaultProps = defaultProps

  override renderLayers(): LayersList {
    const { data, selected, theme, stale } = this.props
    const palette = paletteOf(theme ?? 'night', stale ?? false)
    const look = [selected, theme, stale]
    const chosen = (task: Task): boolean => task.id === selected
    const flown = data.filter((task) => task.path.length > 0)
    const lanes = data.flatMap((task) => task.lanes.map((path) => ({ path, task })))
    return [
      new PolygonLayer<Task>(this.getSubLayerProps({ id: 'area' }), {
        data,
        getPolygon: (task: Task) => task.area,
        getFillColor: (task: Task) => withOpacity(palette.drone, chosen(task) ? 0.12 : 0.03),
        getLineColor: (task: Task) => (chosen(task) ? palette.select : palette.drone),
        getLineWidth: (task: Task) => (chosen(task) ? 3 : 1.5),
        lineWidthUnits: 'pixels',
        pickable: this.props.pickable,
        updateTriggers: { getFillColor: look, getLineColor: look, getLineWidth: look },
      }),
      new PathLayer<Task>(this.getSubLayerProps({ id: 'turns' }), {
        pickable: false,
        data,
        getPath: (task) => task.path,
        getColor: withOpacity(palette.drone, 0.4),
        getWidth: 0.8,
        widthUnits: 'pixels',
        updateTriggers: { getColor: look },
      }),
      new PathLayer<{ path: LngLat[]; task: Task }>(this.getSubLayerProps({ id: 'lanes' }), {
        pickable: false,
        data: lanes,
        getPath: (lane) => lane.path,
        getColor: (lane) => withOpacity(palette.drone, chosen(lane.task) ? 0.95 : 0.5),
        getWidth: 1.2,
        widthUnits: 'pixels',
        updateTriggers: { getColor: look },
      }),
      new ScatterplotLayer<Task>(this.getSubLayerProps({ id: 'start' }), {
        pickable: false,
        data: flown,
        getPosition: (task) => task.path[0]!,
        getRadius: 4,
        radiusUnits: 'pixels',
        getFillColor: palette.drone,
        updateTriggers: { getFillColor: look },
      }),
      new ScatterplotLayer<Task>(this.getSubLayerProps({ id: 'end' }), {
        pickable: false,
        data: flown,
        getPosition: (task) => task.path.at(-1)!,
        getRadius: 4,
        radiusUnits: 'pixels',
        filled: false,
        stroked: true,
        getLineColor: palette.drone,
        getLineWidth: 2,
        lineWidthUnits: 'pixels',
        updateTriggers: { getLineColor: look },
      }),
      data.length > 0 &&
        new TextLayer<Task>(this.getSubLayerProps({ id: 'number' }), {
          pickable: false,
          data,
          getPosition: (task) => ringCentre(task.area),
          getText: (task) => String(task.number),
          getSize: 16,
          getColor: palette.text,
          fontWeight: 600,
          ...labelLook(palette),
          updateTriggers: { getColor: look },
        }),
    ]
  }
}
