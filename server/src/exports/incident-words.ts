import type { IncidentState, UnitKind } from '@skerry/contract'
import type { ExportLang } from './export-words.ts'

interface Words {
  document: (number: number) => string
  note: (time: string) => string
  /** Units of which no position is known while they were out. */
  unplaced: (callSigns: string) => string
  folders: Record<
    'incident' | 'units' | 'tracks' | 'warnings' | 'zones' | 'search' | 'tasks' | 'segments' | 'candidates',
    string
  >
  incident: (number: number, category: string) => string
  unit: (kind: string, out: boolean) => string
  warning: (headline: string) => string
  alert: string
  state: Record<IncidentState, string>
  unitKind: Record<UnitKind, string>
}

/** What the files of an incident are labelled with. */
export const INCIDENT_WORDS: Readonly<Record<ExportLang, Words>> = {
  zh: {
    document: (number) => `警情 ${number}`,
    note: (time) =>
      `导出于 ${time}（中国时间）。WGS-84 坐标，文件内时间为 UTC。单位的位置和轨迹只含出警期间；区域为导出时有效的。`,
    unplaced: (callSigns) => `出警期间没有位置的单位：${callSigns}。`,
    folders: {
      incident: '警情',
      units: '单位最后位置',
      tracks: '轨迹',
      warnings: '预警范围',
      zones: '区域',
      search: '搜索起点与范围',
      tasks: '搜索任务',
      segments: '地面分区',
      candidates: '疑似点',
    },
    incident: (number, category) => `警情 ${number} ${category}`,
    unit: (kind, out) => `${kind} · ${out ? '出警中' : '已撤出'}`,
    warning: (headline) => `预警 ${headline}`,
    alert: '来源预警',
    state: {
      received: '已接报',
      dispatched: '已派出',
      acknowledged: '已确认',
      'en-route': '途中',
      'on-scene': '到场',
      'feedback-given': '已反馈',
      closed: '已关闭',
    },
    unitKind: { car: '车组', foot: '步巡', motorbike: '摩托', boat: '艇', 'ground-team': '地面搜救队' },
  },
  en: {
    document: (number) => `Incident ${number}`,
    note: (time) =>
      `Exported ${time} (China time). WGS-84; times in the file are UTC. Positions and tracks of units are those of the time that they were out; zones are those that stood at the export.`,
    unplaced: (callSigns) => `Units without a position while they were out: ${callSigns}.`,
    folders: {
      incident: 'Incident',
      units: 'Last positions of units',
      tracks: 'Tracks',
      warnings: 'Areas of warnings',
      zones: 'Zones',
      search: 'Planning point and extent of the search',
      tasks: 'Tasks of the search',
      segments: 'Segments on the ground',
      candidates: 'Candidates',
    },
    incident: (number, category) => `Incident ${number} ${category}`,
    unit: (kind, out) => `${kind} · ${out ? 'out' : 'no longer out'}`,
    warning: (headline) => `Warning ${headline}`,
    alert: 'Warning that it came of',
    state: {
      received: 'received',
      dispatched: 'dispatched',
      acknowledged: 'acknowledged',
      'en-route': 'en route',
      'on-scene': 'on scene',
      'feedback-given': 'feedback given',
      closed: 'closed',
    },
    unitKind: { car: 'car', foot: 'foot patrol', motorbike: 'motorbike', boat: 'boat', 'ground-team': 'ground team' },
  },
}
