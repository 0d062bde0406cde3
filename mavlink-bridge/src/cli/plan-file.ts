import { Plan } from '@skerry/contract'
import { z } from 'zod'
import { CMD, FRAME, isPositional, type MissionItem } from '../plan/mission-item.ts'
import { mayBeEmpty } from '../plan/empty-place.ts'
import { unsendableItem } from '../plan/unsendable.ts'
import { BadInput } from './bad-input.ts'

type Item = z.infer<typeof SimpleItem>
type Dialect = 'ardupilot' | 'px4' | 'other'

const Params = z.array(z.number().nullable()).length(7, 'must be 7 numbers or nulls')
const SimpleItem = z.object({
  type: z.literal('SimpleItem'),
  command: z.int().min(0).max(65_535),
  frame: z.int().min(0).max(255),
  params: Params,
  autoContinue: z.boolean().default(true),
  /** By what a DO_JUMP names this item; the items of a survey have such numbers too. */
  doJumpId: z.int().optional(),
})
/** A survey or corridor: QGroundControl keeps the items it makes of it beside its shape. */
const ComplexItem = z.object({
  type: z.literal('ComplexItem'),
  complexItemType: z.string().default('unknown'),
  TransectStyleComplexItem: z.object({ Items: z.array(SimpleItem) }).optional(),
})
const QgcPlan = z.object({
  fileType: z.literal('Plan', 'must be "Plan": a file of QGroundControl'),
  mission: z.object({
    plannedHomePosition: z.tuple([z.number(), z.number(), z.number().nullable()]).optional(),
    items: z.array(z.discriminatedUnion('type', [SimpleItem, ComplexItem])).min(1, 'must have at least one item'),
  }),
  geoFence: z
    .object({ polygons: z.array(z.unknown()).default([]), circles: z.array(z.unknown()).default([]) })
    .optional(),
  rallyPoints: z.object({ points: z.array(z.unknown()).default([]) }).optional(),
})

export type PlanFile =
  | { readonly kind: 'steps'; readonly plan: Plan }
  | {
      readonly kind: 'items'
      readonly items: readonly Item[]
      /** Latitude, longitude, height AMSL (null: empty), as the file has it. */
      readonly home: readonly [number, number, number | null] | null
    }

/** Reads a plan: a .plan of QGroundControl, or `{"steps": [...]}`. BadInput names the field that is wrong. */
export function readPlanFile(text: string): PlanFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new BadInput('PLAN: must be JSON')
  }
  if (typeof json === 'object' && json !== null && 'steps' in json) return { kind: 'steps', plan: checked(Plan, json) }
  const { mission, geoFence, rallyPoints } = checked(QgcPlan, json)
  // A fence that stays behind without a word is worse than no upload.
  if ((geoFence?.polygons.length ?? 0) + (geoFence?.circles.length ?? 0) > 0)
    throw new BadInput('geoFence: must be empty: this command uploads plans only')
  if ((rallyPoints?.points.length ?? 0) > 0)
    throw new BadInput('rallyPoints: must be empty: this command uploads plans only')
  const items = mission.items.flatMap((item, i) => {
    if (item.type === 'SimpleItem') return [item]
    if (item.TransectStyleComplexItem === undefined)
      throw new BadInput(`mission.items.${i}: must be an item or a survey, not ${item.complexItemType}`)
    return item.TransectStyleComplexItem.Items
  })
  const home = mission.plannedHomePosition
  return { kind: 'items', items, home: home ?? null }
}

/**
 * Items ready to send. ArduPilot gets home as item 0; unset parameters are NaN for PX4 and 0 elsewhere.
 * BadInput on a stop that the vehicle would fly through, on an empty place or height that would be flown to as 0, and on
 * what no message can carry.
 */
export function missionOfFile(
  { items, home }: Extract<PlanFile, { kind: 'items' }>,
  dialect: Dialect,
): readonly MissionItem[] {
  const unset = dialect === 'px4' ? NaN : 0
  const own = items.map((item, i): Omit<MissionItem, 'seq' | 'current'> => {
    const [first, p2, p3, p4, p5, p6, p7] = item.params
    const p1 = item.command === DO_JUMP ? jumpTarget(items, i, dialect) : first
    const place = isPlace(item)
    const scaled = (value: number | null | undefined, name: string): number => {
      const scale = place ? 1e7 : 1
      const whole = Math.round((value ?? 0) * scale)
      if (Math.abs(whole) > 0x7fff_ffff) throw new BadInput(`mission.items.${i}.params: ${name} must be in its range`)
      return whole
    }
    refuseEmpty(item, i, dialect)
    if (place && (Math.abs(p5 ?? 0) > 90 || Math.abs(p6 ?? 0) > 180))
      throw new BadInput(`mission.items.${i}.params: must hold latitude and longitude in degrees`)
    return {
      command: item.command,
      frame: intFrame(item.frame),
      param1: p1 ?? unset,
      param2: p2 ?? unset,
      param3: p3 ?? unset,
      param4: p4 ?? unset,
      x: scaled(p5, 'param 5'),
      y: scaled(p6, 'param 6'),
      z: p7 ?? 0,
      autocontinue: autocontinueOf(items, i, dialect),
    }
  })
  const [lat, lng, altM] = homeOf(home, dialect)
  const homeItem = {
    command: CMD.waypoint,
    frame: FRAME.global,
    param1: 0,
    param2: 0,
    param3: 0,
    param4: 0,
    x: Math.round(lat * 1e7),
    y: Math.round(lng * 1e7),
    z: altM,
    autocontinue: 1,
  }
  const all = dialect === 'ardupilot' ? [homeItem, ...own] : own
  const mission = all.map((item, seq) => ({ ...item, seq, current: seq === 0 && dialect !== 'ardupilot' ? 1 : 0 }))
  const odd = unsendableItem(mission)
  if (odd !== null) throw new BadInput(`${fieldOf(odd.seq, dialect)}: no message can carry it: ${odd.why}`)
  return mission
}

const fieldOf = (seq: number, dialect: Dialect): string => {
  const at = dialect === 'ardupilot' ? seq - 1 : seq
  return at < 0 ? 'mission.plannedHomePosition' : `mission.items.${at}`
}

type Home = Extract<PlanFile, { kind: 'items' }>['home']
/** ArduPilot's item 0 is home. It goes by its own; a file that names one must name a place. */
function homeOf(home: Home, dialect: Dialect): readonly [number, number, number] {
  if (home === null || dialect !== 'ardupilot') return [0, 0, 0]
  const [lat, lng, altM] = home
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180)
    throw new BadInput('mission.plannedHomePosition: must hold latitude and longitude in degrees')
  if (altM === null)
    throw new BadInput('mission.plannedHomePosition: must have a height: an empty one is not sea level')
  return [lat, lng, altM]
}

/** An empty place or height would be sent as 0: it is refused where that is a place, and not what the autopilot takes for none. */
function refuseEmpty(item: Item, at: number, dialect: Dialect): void {
  if (!isPlace(item)) return
  const [lat, lng, height] = item.params.slice(4)
  const empty = (what: string): BadInput =>
    new BadInput(`mission.items.${at}.params: command ${item.command} must have ${what}: an empty one is not 0`)
  const here = lat == null && lng == null && mayBeEmpty(item, 'place', dialect)
  if ((lat == null || lng == null) && !here) throw empty('latitude and longitude (params 5 and 6)')
  if (height == null && !mayBeEmpty(item, 'height', dialect)) throw empty('a height (param 7)')
}

/**
 * PX4 keeps whether the vehicle stops at an item and waits. ArduPilot has no room for it and always goes on (it tells 1
 * for every item, GCS_MAVLINK and AP_Mission): a stop on the way would not be flown. Behind the last item nothing comes.
 */
function autocontinueOf(items: readonly Item[], at: number, dialect: Dialect): 0 | 1 {
  if (items[at]!.autoContinue) return 1
  if (dialect !== 'ardupilot') return 0
  if (at === items.length - 1) return 1
  throw new BadInput(
    `mission.items.${at}.autoContinue: must be true: ArduPilot does not stop at an item and would fly on; MAV_CMD_NAV_LOITER_UNLIM (17) waits there`,
  )
}

const DO_JUMP = 177

/** Sequence number in the vehicle of the item that a DO_JUMP of the file names by its `doJumpId`. */
function jumpTarget(items: readonly Item[], from: number, dialect: Dialect): number {
  const wanted = items[from]!.params[0]
  const target = items.findIndex(({ doJumpId }, i) => (doJumpId ?? i + 1) === wanted)
  if (target < 0) throw new BadInput(`mission.items.${from}.params: must jump to the doJumpId of an item of the plan`)
  return dialect === 'ardupilot' ? target + 1 : target
}

const FIRMWARE = { ardupilot: 3, px4: 12, other: 0 } as const

/** A .plan that QGroundControl opens, of what was read out of a vehicle. */
export function planFileOf(items: readonly MissionItem[], dialect: Dialect, mavType: number): unknown {
  const [first] = items
  const withHome = dialect === 'ardupilot' && first !== undefined
  const own = withHome ? items.slice(1) : items
  const degrees = (scaled: number): number => scaled / 1e7
  const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
  const home = withHome ? [degrees(first.x), degrees(first.y), first.z] : firstPlace(own)
  return {
    fileType: 'Plan',
    version: 1,
    groundStation: 'Skerry',
    mission: {
      version: 2,
      firmwareType: FIRMWARE[dialect],
      vehicleType: mavType,
      cruiseSpeed: 15,
      hoverSpeed: 5,
      plannedHomePosition: home,
      items: own.map((item, i) => {
        const place = isPlace(item)
        return {
          type: 'SimpleItem',
          command: item.command,
          frame: floatFrame(item.frame),
          params: [
            ...[
              item.command === DO_JUMP && !withHome ? item.param1 + 1 : item.param1,
              item.param2,
              item.param3,
              item.param4,
            ].map(known),
            place ? degrees(item.x) : item.x,
            place ? degrees(item.y) : item.y,
            known(item.z),
          ],
          autoContinue: item.autocontinue !== 0,
          doJumpId: i + 1,
        }
      }),
    },
    geoFence: { version: 2, polygons: [], circles: [] },
    rallyPoints: { version: 2, points: [] },
  }
}

function firstPlace(items: readonly MissionItem[]): [number, number, number] {
  const found = items.find(isPlace)
  return found === undefined ? [0, 0, 0] : [found.x / 1e7, found.y / 1e7, 0]
}

/** Params 5 and 6 are degrees: by the command, or by a global frame on one that we do not know. */
const isPlace = ({ command, frame }: { readonly command: number; readonly frame: number }): boolean =>
  isPositional(command) || (frame !== FRAME.mission && command < 100)
/** QGroundControl writes the older frames; both autopilots take the _INT ones for MISSION_ITEM_INT. */
const intFrame = (frame: number): number =>
  frame === FRAME.global ? FRAME.globalInt : frame === FRAME.globalRelative ? FRAME.globalRelativeInt : frame
const floatFrame = (frame: number): number =>
  frame === FRAME.globalInt ? FRAME.global : frame === FRAME.globalRelativeInt ? FRAME.globalRelative : frame

function checked<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BadInput(`${issue?.path.join('.') || 'PLAN'}: ${issue?.message ?? 'must be a plan'}`)
}
