import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { LngLat } from '@skerry/contract'
import { Map as MapLibre, setWorkerUrl, type StyleSpecification } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { effectScope, watch } from 'vue'
import { createPace } from './pace.ts'
import type { DrawContext, Scene, ThingRef } from './scene.ts'
import { consoleStyle } from './style.ts'
import { registerTiles } from './tiles.ts'

export interface MapOptions {
  scene: Scene
  centre: LngLat
  zoom: number
  interactive: boolean
  /** How many times larger than its own pixels the container is shown. */
  enlarged?: number
  look: () => Omit<DrawContext, 'zoom'>
  onPick: (thing: ThingRef | null) => void
  /** Several things lie under one click, the topmost first. */
  onHeap: (heap: Heap) => void
  /** The map looks elsewhere: what was fanned out lies somewhere else now. */
  onMove: () => void
  onPlace: (lngLat: LngLat) => void
  onPointer: (lngLat: LngLat | null) => void
}

/** Things that lie on one spot, px from the left and the top of the container. */
export interface Heap {
  things: ThingRef[]
  at: [x: number, y: number]
}

export interface MountedMap {
  /** Theme or language changed. */
  restyle: () => void
  destroy: () => void
}

/** How far from the pointer a thing still counts as meant, px. */
const PICK_RADIUS_PX = 6
/** How many parts of symbols are looked through under one click; most have two. */
const PICK_DEPTH = 24
/** Kinds that are drawn as a symbol at one place; a new kind does not compile until it is said of it. */
const IS_SYMBOL: Readonly<Record<ThingRef['kind'], boolean>> = {
  unit: true,
  drone: true,
  incident: true,
  checkpoint: true,
  candidate: true,
  vessel: true,
  sailing: true,
  consignment: true,
  task: false,
  search: false,
  hotspot: false,
}

/** The map library, the deck.gl overlay and a scene, joined. Draws only when something changed. */
export function mountMap(container: HTMLElement, options: MapOptions): MountedMap {
  const { scene } = options
  const software = drawsInSoftware()
  const { enlarged = 1 } = options
  setWorkerUrl(workerUrl)
  registerTiles()
  const style = (): StyleSpecification => consoleStyle(options.look().theme, options.look().lang)
  const map = new MapLibre({
    container,
    style: style(),
    center: options.centre,
    zoom: options.zoom,
    minZoom: 6,
    maxZoom: 18,
    interactive: options.interactive,
    attributionControl: false,
    fadeDuration: 0,
    pitchWithRotate: false,
    touchPitch: false,
    pixelRatio: software ? 1 : window.devicePixelRatio * enlarged,
    localIdeographFontFamily: "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
  })
  const overlay = new MapLibreOverlay({
    interleaved: false,
    layers: [],
    ...(software || enlarged === 1 ? {} : { useDevicePixels: window.devicePixelRatio * enlarged }),
    pickingRadius: PICK_RADIUS_PX,
    pickAsync: 'async', // what lies under a moving pointer is nobody's question: it must not hold up the page
    deviceProps: { type: 'webgl', webgl: { antialias: !software } },
  })
  map.addControl(overlay)

  const pace = createPace()
  const draw = (): void => overlay.setProps({ layers: scene.draw({ ...options.look(), zoom: map.getZoom() }) })
  function see(): void {
    const centre = map.getCenter()
    const box = map.getBounds()
    scene.view.value = {
      centre: [centre.lng, centre.lat],
      zoom: map.getZoom(),
      bearingDeg: map.getBearing(),
      box: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
    }
    pace.now(draw)
  }

  /** Areas and lines under a symbol are no rivals of it: only symbols are fanned out. */
  function tellHeap({ x, y }: { x: number; y: number }): void {
    const infos = overlay.pickMultipleObjects({ x, y, radius: PICK_RADIUS_PX, depth: PICK_DEPTH })
    const things = new Map<string, ThingRef>()
    for (const info of infos) {
      const thing = scene.thingAt(info)
      if (thing !== null && IS_SYMBOL[thing.kind]) things.set(`${thing.kind} ${thing.id}`, thing)
    }
    if (things.size > 1) options.onHeap({ things: [...things.values()], at: [x, y] })
  }

  map.on('load', see)
  map.on('move', see)
  map.on('movestart', options.onMove)
  map.on('resize', see)
  map.on('click', (event) => {
    const info = overlay.pickObject({ x: event.point.x, y: event.point.y, radius: PICK_RADIUS_PX })
    options.onPlace([event.lngLat.lng, event.lngLat.lat])
    options.onPick(info === null ? null : scene.thingAt(info))
    if (info !== null) tellHeap(event.point)
  })
  map.on('mousemove', (event) => options.onPointer([event.lngLat.lng, event.lngLat.lat]))
  map.on('mouseout', () => options.onPointer(null))

  const stopInvalid = scene.onInvalid(() => pace.soon(draw))
  const scope = effectScope()
  scope.run(() =>
    watch(
      scene.camera,
      (to) => {
        if (to === null) return
        scene.camera.value = null
        map.easeTo({
          duration: 0,
          ...(to.offsetPx === undefined ? {} : { offset: to.offsetPx }),
          ...(to.centre === undefined ? {} : { center: to.centre }),
          ...(to.zoom === undefined ? {} : { zoom: to.zoom }),
          ...(to.bearingDeg === undefined ? {} : { bearing: to.bearingDeg }),
        })
      },
      { immediate: true },
    ),
  )
  const sized = new ResizeObserver(() => map.resize())
  sized.observe(container)
  see()

  return {
    restyle() {
      map.setStyle(style())
      scene.invalidate()
    },
    destroy() {
      sized.disconnect()
      scope.stop()
      stopInvalid()
      pace.stop()
      map.remove()
    },
  }
}

/** Software WebGL pays for every pixel; a sharper screen is not worth a slow one. */
function drawsInSoftware(): boolean {
  const gl = document.createElement('canvas').getContext('webgl2')
  if (gl === null) return false
  const info = gl.getExtension('WEBGL_debug_renderer_info')
  const name = info === null ? '' : String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL))
  gl.getExtension('WEBGL_lose_context')?.loseContext()
  return /swiftshader|llvmpipe|software/i.test(name)
}
