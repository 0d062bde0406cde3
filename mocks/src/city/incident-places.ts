import type { IncidentCategory, LngLat, Priority } from '@skerry/contract'

/** Where things happen more often than elsewhere, and what. Weights are relative. */
export interface Hot {
  readonly place: string
  readonly at: LngLat
  readonly spreadM: number
  readonly weight: number
  readonly kinds: readonly Kind[]
}
export interface Kind {
  readonly category: IncidentCategory
  readonly priority: Priority
  readonly text: string
}

const fight: Kind = { category: 'public-order', priority: 'warning', text: '夜排档醉酒纠纷，双方争吵' }
const noise: Kind = { category: 'public-order', priority: 'notice', text: '噪音扰民' }
const bump: Kind = { category: 'traffic', priority: 'notice', text: '两车剐蹭，无人员受伤' }
const crash: Kind = { category: 'traffic', priority: 'warning', text: '电动自行车与轿车相撞，一人轻伤' }
const jam: Kind = { category: 'traffic', priority: 'notice', text: '码头前排队车辆占道' }
const faint: Kind = { category: 'medical', priority: 'warning', text: '游客登山途中头晕不适' }
const fall: Kind = { category: 'medical', priority: 'warning', text: '老人在台阶摔倒，脚踝受伤' }
const smoke: Kind = { category: 'fire', priority: 'warning', text: '居民楼冒烟，原因不明' }
const swim: Kind = { category: 'person-in-water', priority: 'critical', text: '有人在海滩下水后未见上岸' }
const drift: Kind = { category: 'vessel-distress', priority: 'critical', text: '小型渔船主机故障，随流漂移' }
const lost: Kind = { category: 'other', priority: 'notice', text: '遗失背包，请求协助' }
const stray: Kind = { category: 'other', priority: 'notice', text: '流浪狗追赶行人' }

export const HOT: readonly Hot[] = [
  { place: '沈家门 滨港路夜排档', at: [122.303, 29.947], spreadM: 180, weight: 9, kinds: [fight, fight, noise, bump] },
  { place: '沈家门 墩头码头', at: [122.2995, 29.946], spreadM: 200, weight: 4, kinds: [jam, bump, lost] },
  { place: '定海 昌国路', at: [122.107, 30.02], spreadM: 260, weight: 6, kinds: [crash, bump, noise, fight] },
  { place: '鸭蛋山码头', at: [122.0935, 30.0105], spreadM: 160, weight: 4, kinds: [jam, bump] },
  { place: '普陀山 前寺', at: [122.3865, 29.983], spreadM: 250, weight: 4, kinds: [fall, faint, lost] },
  { place: '朱家尖 南沙', at: [122.405, 29.897], spreadM: 220, weight: 2, kinds: [swim, lost, bump] },
]
/** Towns around which the rest is spread. */
export const TOWNS: readonly { place: string; at: LngLat; radiusM: number; weight: number }[] = [
  { place: '普陀 东港', at: [122.325, 29.962], radiusM: 1800, weight: 5 },
  { place: '临城新区', at: [122.2, 29.99], radiusM: 3000, weight: 5 },
  { place: '定海区', at: [122.1, 30.025], radiusM: 3500, weight: 5 },
  { place: '岱山 高亭', at: [122.2, 30.25], radiusM: 2500, weight: 3 },
  { place: '朱家尖', at: [122.388, 29.897], radiusM: 2500, weight: 2 },
]
export const ANYWHERE: readonly Kind[] = [crash, bump, noise, smoke, fall, faint, stray, lost]
export const AT_SEA: readonly { place: string; at: LngLat; radiusM: number; kinds: readonly Kind[] }[] = [
  { place: '普陀山以东海域', at: [122.46, 29.96], radiusM: 2500, kinds: [drift] },
  { place: '沈家门外海', at: [122.34, 29.9], radiusM: 1500, kinds: [drift] },
]
