import { z } from 'zod'
import type { Words } from './dictionary.ts'

/** Classes and divisions of the UN Model Regulations (ADR, IMDG, JT/T 617 use the same). */
export const HazardClass = z.enum([
  '1.1',
  '1.2',
  '1.3',
  '1.4',
  '1.5',
  '1.6',
  '2.1',
  '2.2',
  '2.3',
  '3',
  '4.1',
  '4.2',
  '4.3',
  '5.1',
  '5.2',
  '6.1',
  '6.2',
  '7',
  '8',
  '9',
])
export type HazardClass = z.infer<typeof HazardClass>

/** Four digits of a UN number, without the letters. */
export const UnNumber = z.string().regex(/^\d{4}$/, 'must be the four digits of a UN number')

/** What the first minutes ask for, as an orange guide of the Emergency Response Guidebook (ERG) says it. */
export interface FirstActions {
  /** Number of the guide; null where only the class is known. */
  guide: number | null
  /** Keep everybody away in all directions at once, metres; null where the guide gives no figure for it. */
  isolateM: number | null
  /** Where a tank, a wagon or a road tank is in a fire: isolate in all directions, metres; null as above. */
  fireIsolateM: number | null
  actions: readonly Words[]
}

/** Where figures and actions come from; shown with them. An agency's own rules come before them. */
export const FIRST_ACTIONS_SOURCE = 'Emergency Response Guidebook (ERG) 2024, PHMSA / Transport Canada / SICT'

const say = (zh: string, en: string): Words => ({ zh, en })
const UPWIND = say('从上风、高处接近，人员撤到上风向', 'Come from upwind and uphill; move people upwind')
const NO_SPARKS = say('禁止一切火源、手机和发动机', 'No flames, no sparks, no phones or engines near by')
const NOT_TOUCH = say('不接触、不走过泄漏物', 'Do not touch or walk through what has leaked')
const WATER_COOL = say(
  '大量水冷却容器，直到火熄后很久；安全阀发声或罐体变色时立即撤离',
  'Cool containers with much water until long after the fire is out; withdraw at once if a vent whistles or a tank discolours',
)
const NO_WATER = say('泄漏物不可用水', 'No water on what has leaked')
const KEEP_FROM_WATER = say('防止流入下水道、港池和海里', 'Keep it out of drains, the harbour and the sea')
const STOP_LEAK = say('无危险时才关阀堵漏', 'Stop the leak only where that is without risk')
const LOW_PLACES = say(
  '气体聚在低处和封闭处：先测再进',
  'The gas gathers in low and closed places: measure before entering',
)
const BREATHING = say(
  '正压式空气呼吸器和防化服才能进入',
  'Enter only with self-contained breathing apparatus and chemical protection',
)
const FOAM = say('大火用泡沫、水雾，不用直流水', 'Large fires: foam or water fog, no straight streams')
const FLUSH = say(
  '沾到的人用水冲洗至少 20 分钟，脱去沾染衣物',
  'Whoever is splashed: flush with water for 20 minutes at least, clothes off',
)
const NOT_FIGHT = say('火烧到货物时不要救火，撤离', 'When the fire reaches the load: do not fight it, withdraw')

/**
 * First actions by class or division: the figures that the guides of the class have in common, with the most cautious of
 * them where they differ. Source: `FIRST_ACTIONS_SOURCE`, table of placards and the orange guides.
 */
const BY_CLASS: Readonly<Record<HazardClass, FirstActions>> = {
  '1.1': { guide: 112, isolateM: 500, fireIsolateM: 1600, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '1.2': { guide: 112, isolateM: 500, fireIsolateM: 1600, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '1.3': { guide: 112, isolateM: 500, fireIsolateM: 1600, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '1.4': { guide: 114, isolateM: 100, fireIsolateM: 500, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '1.5': { guide: 112, isolateM: 500, fireIsolateM: 1600, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '1.6': { guide: 112, isolateM: 500, fireIsolateM: 1600, actions: [NOT_FIGHT, NO_SPARKS, NOT_TOUCH] },
  '2.1': {
    guide: null,
    isolateM: 100,
    fireIsolateM: 1600,
    actions: [NO_SPARKS, UPWIND, LOW_PLACES, STOP_LEAK, WATER_COOL],
  },
  '2.2': { guide: null, isolateM: 100, fireIsolateM: 800, actions: [UPWIND, LOW_PLACES, STOP_LEAK, WATER_COOL] },
  '2.3': { guide: null, isolateM: 100, fireIsolateM: 1600, actions: [UPWIND, BREATHING, LOW_PLACES, STOP_LEAK] },
  '3': {
    guide: null,
    isolateM: 50,
    fireIsolateM: 800,
    actions: [NO_SPARKS, UPWIND, FOAM, WATER_COOL, KEEP_FROM_WATER],
  },
  '4.1': { guide: null, isolateM: 25, fireIsolateM: 800, actions: [NO_SPARKS, NOT_TOUCH, UPWIND] },
  '4.2': { guide: null, isolateM: 50, fireIsolateM: 800, actions: [NO_SPARKS, NOT_TOUCH, UPWIND, NO_WATER] },
  '4.3': { guide: null, isolateM: 50, fireIsolateM: 800, actions: [NO_WATER, NO_SPARKS, UPWIND, NOT_TOUCH] },
  '5.1': {
    guide: null,
    isolateM: 50,
    fireIsolateM: 800,
    actions: [say('与油脂、木材等可燃物隔开', 'Keep fuel, wood, paper away from it'), NOT_TOUCH, WATER_COOL, UPWIND],
  },
  '5.2': { guide: null, isolateM: 50, fireIsolateM: 800, actions: [NO_SPARKS, NOT_TOUCH, WATER_COOL, UPWIND] },
  '6.1': {
    guide: null,
    isolateM: 50,
    fireIsolateM: 800,
    actions: [BREATHING, NOT_TOUCH, UPWIND, KEEP_FROM_WATER, FLUSH],
  },
  '6.2': {
    guide: 158,
    isolateM: 25,
    fireIsolateM: null,
    actions: [NOT_TOUCH, say('通知疾控部门', 'Tell the health authority')],
  },
  '7': {
    guide: null,
    isolateM: 25,
    fireIsolateM: 300,
    actions: [
      say('先救人，不因辐射耽误', 'Rescue comes first; do not wait because of radiation'),
      NOT_TOUCH,
      UPWIND,
      say('通知环保和辐射监管部门', 'Tell the radiation authority'),
    ],
  },
  '8': {
    guide: null,
    isolateM: 50,
    fireIsolateM: 800,
    actions: [NOT_TOUCH, BREATHING, UPWIND, FLUSH, KEEP_FROM_WATER],
  },
  '9': { guide: null, isolateM: 50, fireIsolateM: 800, actions: [NOT_TOUCH, UPWIND, KEEP_FROM_WATER] },
}

/**
 * Guides of the goods that are carried most, by UN number: `[guide, isolateM, fireIsolateM]`. Gases that poison (2.3) have
 * greater distances by quantity and wind in the green table of the guidebook, which is not held here.
 */
const BY_UN: Readonly<Record<string, readonly [number, number, number]>> = {
  '1001': [116, 100, 1600], // acetylene, dissolved
  '1005': [125, 100, 1600], // ammonia, anhydrous
  '1011': [115, 100, 1600], // butane
  '1017': [124, 100, 800], // chlorine
  '1049': [115, 100, 1600], // hydrogen, compressed
  '1053': [117, 100, 1600], // hydrogen sulphide
  '1073': [122, 100, 800], // oxygen, refrigerated liquid
  '1075': [115, 100, 1600], // petroleum gases, liquefied
  '1079': [125, 100, 1600], // sulphur dioxide
  '1090': [127, 50, 800], // acetone
  '1114': [130, 50, 800], // benzene
  '1170': [127, 50, 800], // ethanol
  '1202': [128, 50, 800], // diesel fuel, gas oil
  '1203': [128, 50, 800], // petrol
  '1223': [128, 50, 800], // kerosene
  '1230': [131, 50, 800], // methanol
  '1267': [128, 50, 800], // petroleum crude oil
  '1268': [128, 50, 800], // petroleum distillates, n.o.s.
  '1294': [130, 50, 800], // toluene
  '1307': [130, 50, 800], // xylenes
  '1402': [138, 50, 800], // calcium carbide
  '1428': [138, 50, 800], // sodium
  '1789': [157, 50, 800], // hydrochloric acid
  '1791': [154, 50, 800], // hypochlorite solution
  '1824': [154, 50, 800], // sodium hydroxide solution
  '1830': [137, 50, 800], // sulphuric acid
  '1863': [128, 50, 800], // fuel, aviation, turbine engine
  '1942': [140, 50, 800], // ammonium nitrate
  '1971': [115, 100, 1600], // methane, compressed
  '1972': [115, 100, 1600], // methane, refrigerated liquid (LNG)
  '1977': [120, 100, 800], // nitrogen, refrigerated liquid
  '1978': [115, 100, 1600], // propane
  '1993': [128, 50, 800], // flammable liquid, n.o.s.
  '2031': [157, 50, 800], // nitric acid
  '3077': [171, 50, 800], // environmentally hazardous substance, solid
  '3082': [171, 50, 800], // environmentally hazardous substance, liquid
}

/** First actions for a load: by its UN number where it is known here, else by its class, with no guide where the class has several. */
export function firstActionsFor(load: { unNumber: string; hazardClass: HazardClass }): FirstActions {
  const { actions, ...byClass } = BY_CLASS[load.hazardClass]
  const known = BY_UN[load.unNumber]
  if (known === undefined) return { ...byClass, actions }
  const [guide, isolateM, fireIsolateM] = known
  return { guide, isolateM, fireIsolateM, actions }
}
