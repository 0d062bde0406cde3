import type { Candidate, TaskState } from '@skerry/contract'

export const EXPORT_LANGS = ['zh', 'en'] as const
export type ExportLang = (typeof EXPORT_LANGS)[number]

interface Words {
  search: (number: number) => string
  note: (time: string) => string
  folders: Record<
    'place' | 'probability' | 'tasks' | 'segments' | 'tracks' | 'candidates' | 'evidence' | 'drawings' | 'zones',
    string
  >
  planningPoint: string
  map: string
  found: string
  band: (percent: number, km2: string) => string
  task: (number: number) => string
  lanes: (number: number) => string
  segment: (number: number, name: string) => string
  flight: (drone: string, task: number) => string
  team: (callSign: string) => string
  candidate: (number: number) => string
  candidateNote: (maxC: string, looks: number, opportunities: number) => string
  sighting: (number: number) => string
  clue: (number: number) => string
  withdrawn: string
  taskState: Record<TaskState, string>
  candidateState: Record<Candidate['state'], string>
}

/** What the files that go out are labelled with; the console's own words are the console's. */
export const EXPORT_WORDS: Readonly<Record<ExportLang, Words>> = {
  zh: {
    search: (number) => `搜索 警情${number}`,
    note: (time) => `导出于 ${time}（中国时间）。WGS-84 坐标。`,
    folders: {
      place: '起点与范围',
      probability: '概率',
      tasks: '任务',
      segments: '地面分区',
      tracks: '航迹与队伍轨迹',
      candidates: '疑似点',
      evidence: '目击与物证',
      drawings: '外来图形',
      zones: '区域',
    },
    planningPoint: '搜索起点',
    map: '搜索地图范围',
    found: '找到地点',
    band: (percent, km2) => `图上概率的 ${percent}%（${km2} 平方公里）`,
    task: (number) => `任务 ${number}`,
    lanes: (number) => `任务 ${number} 航线`,
    segment: (number, name) => `分区 ${number} ${name}`,
    flight: (drone, task) => `${drone} 任务 ${task}`,
    team: (callSign) => `${callSign} 轨迹`,
    candidate: (number) => `疑似点 ${number}`,
    candidateNote: (maxC, looks, opportunities) => `最高 ${maxC} °C，${opportunities} 次经过中 ${looks} 次出现`,
    sighting: (number) => `目击 ${number}`,
    clue: (number) => `物证 ${number}`,
    withdrawn: '已撤回',
    taskState: {
      drafted: '已拟',
      offered: '已下达',
      seen: '已看到',
      accepted: '已接受',
      uploading: '上传中',
      ready: '待起飞',
      starting: '起飞中',
      flying: '飞行中',
      returning: '返航',
      done: '完成',
      refused: '拒绝',
      withdrawn: '撤回',
      failed: '失败',
      unknown: '不明',
    },
    candidateState: {
      open: '待判',
      'looking-again': '复看中',
      'team-sent': '已派人',
      dismissed: '已排除',
      confirmed: '已确认',
      'nothing-there': '现场无人',
    },
  },
  en: {
    search: (number) => `Search, incident ${number}`,
    note: (time) => `Exported ${time} (China time). WGS-84.`,
    folders: {
      place: 'Planning point and extent',
      probability: 'Probability',
      tasks: 'Tasks',
      segments: 'Segments on the ground',
      tracks: 'Flown and walked tracks',
      candidates: 'Candidates',
      evidence: 'Sightings and clues',
      drawings: 'Drawings from elsewhere',
      zones: 'Zones',
    },
    planningPoint: 'Planning point',
    map: 'Extent of the map',
    found: 'Found here',
    band: (percent, km2) => `${percent}% of the probability on the map (${km2} km2)`,
    task: (number) => `Task ${number}`,
    lanes: (number) => `Task ${number} lanes`,
    segment: (number, name) => `Segment ${number} ${name}`,
    flight: (drone, task) => `${drone} task ${task}`,
    team: (callSign) => `${callSign} track`,
    candidate: (number) => `Candidate ${number}`,
    candidateNote: (maxC, looks, opportunities) => `at most ${maxC} °C, seen on ${looks} of ${opportunities} passes`,
    sighting: (number) => `Sighting ${number}`,
    clue: (number) => `Clue ${number}`,
    withdrawn: 'withdrawn',
    taskState: {
      drafted: 'drafted',
      offered: 'offered',
      seen: 'seen',
      accepted: 'accepted',
      uploading: 'uploading',
      ready: 'ready',
      starting: 'starting',
      flying: 'flying',
      returning: 'returning',
      done: 'done',
      refused: 'refused',
      withdrawn: 'withdrawn',
      failed: 'failed',
      unknown: 'unknown',
    },
    candidateState: {
      open: 'open',
      'looking-again': 'looking again',
      'team-sent': 'team sent',
      dismissed: 'dismissed',
      confirmed: 'confirmed',
      'nothing-there': 'nothing there',
    },
  },
}
