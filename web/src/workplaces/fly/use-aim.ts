import type { DroneStatus, LngLat } from '@skerry/contract'
import { ref, watch, type Ref } from 'vue'
import type { Scene, View } from '../../map/scene.ts'
import { turnDeg } from './bearing.ts'
import { fitView } from './fit-view.ts'

/** What the map follows: the aircraft, the whole task, or wherever the pilot moved it. */
export type Aim = 'drone' | 'task' | 'free'

const CLOSE_ZOOM = 15
/** Share of the view that the aircraft may wander before the map follows: few frames, a calm picture. */
const WANDER = 0.12
const TURN_DEG = 8
/** Movement of the map that nobody asked for here, as a share of the view: the pilot's own hand. */
const HAND = 0.02

/** Keeps the aircraft or its task in sight until the pilot moves the map; north up or track up. */
export function useAim(
  scene: Scene,
  on: { status: () => DroneStatus | null; taskPlaces: () => readonly LngLat[]; trackUp: () => boolean },
): { aim: Ref<Aim>; zoomBy: (by: number) => void } {
  const aim = ref<Aim>('drone')
  /** Where the map was last told to look, by this; null until it was told something for the present aim. */
  let asked: LngLat | null = null

  function look(centre: LngLat, zoom: number | undefined, bearingDeg: number): void {
    asked = centre
    scene.look({ centre, bearingDeg, ...(zoom === undefined ? {} : { zoom }) })
  }
  function showTask(view: View): void {
    if (asked !== null) return
    // The box of a turned map is wider than what it shows: turn first, fit when that has happened.
    if (turnDeg(view.bearingDeg, 0) > 1) return scene.look({ bearingDeg: 0 })
    const fitted = fitView(on.taskPlaces(), view)
    if (fitted !== null) look(fitted.centre, fitted.zoom, 0)
  }
  function followDrone(view: View): void {
    const at = on.status()?.position?.lngLat
    if (at === undefined) return
    const bearing = on.trackUp() ? (on.status()?.headingDeg ?? 0) : 0
    if (asked === null) return look(at, Math.max(CLOSE_ZOOM, view.zoom), bearing)
    if (shareMoved(at, view) < WANDER && turnDeg(bearing, view.bearingDeg) < TURN_DEG) return
    look(at, undefined, bearing)
  }
  function keep(): void {
    const view = scene.view.value
    if (view === null || aim.value === 'free') return
    if (aim.value === 'task') showTask(view)
    else followDrone(view)
  }
  function again(): void {
    asked = null
    keep()
  }

  watch(() => [on.status(), on.trackUp()], keep)
  watch(aim, again)
  watch(
    () => on.taskPlaces().length,
    () => aim.value === 'task' && again(),
  )
  watch(scene.view, (view) => {
    if (asked === null) return keep()
    // A pending look means that the map is on its way to where it was asked to be.
    if (view === null || scene.camera.value !== null) return
    if (shareMoved(asked, view) > HAND) aim.value = 'free'
  })
  return {
    aim,
    zoomBy(by) {
      const view = scene.view.value
      if (view !== null) scene.look({ zoom: view.zoom + by })
    },
  }
}

/** Distance of a place from the middle of the view, as a share of the view's smaller side. */
function shareMoved([lng, lat]: LngLat, { centre, box }: View): number {
  const [west, south, east, north] = box
  return Math.max(Math.abs(lng - centre[0]) / (east - west), Math.abs(lat - centre[1]) / (north - south))
}
