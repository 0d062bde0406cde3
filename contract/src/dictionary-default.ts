import type {
  AdviserEntry,
  CategoryEntry,
  ChecklistEntry,
  Dictionary,
  IncidentLevel,
  SupportEntry,
} from './dictionary.ts'
import type { IncidentClass, Priority } from './incidents.ts'
import type { RoomRule } from './room-rules.ts'

const check = (id: string, zh: string, en: string): ChecklistEntry => ({ id, name: { zh, en } })
const level = (
  id: string,
  zh: string,
  en: string,
  priority: Priority,
  shape: IncidentLevel['shape'],
  night: string,
  day: string,
): IncidentLevel => ({ id, name: { zh, en }, priority, shape, colour: { night, day } })
const category = (
  id: string,
  of: IncidentClass,
  zh: string,
  en: string,
  checklist: readonly ChecklistEntry[],
): CategoryEntry => ({ id, class: of, name: { zh, en }, checklist: [...checklist] })
const support = (
  id: string,
  zh: string,
  en: string,
  acceptWithinMin: number,
  arriveWithinMin: number,
): SupportEntry => ({ id, name: { zh, en }, acceptWithinMin, arriveWithinMin })
const adviser = (id: string, zh: string, en: string, minutes: number): AdviserEntry => ({
  id,
  name: { zh, en },
  minutes,
})
const rule = <R extends { id: string; join: RoomRule['join'] }>(
  given: R,
  when: Partial<RoomRule['when']> = {},
): R & { when: RoomRule['when'] } => ({
  ...given,
  when: { levels: [], priorities: [], categories: [], classes: [], sent: false, search: false, ...when },
})

const PLACE = check('place', '核实地点、入口和联系不上时的会合点', 'Confirm the place, the way in and a meeting point')
const OTHERS = check('others', '排查重复报警，并案', 'Look for other reports of the same and group them')
const SAFE = check('own-safety', '告知出警人员现场危险', 'Tell those who go what endangers them')
const FEEDBACK = check('feedback', '到场后反馈现场情况', 'Feedback from the scene')
const CALL_BACK = check('call-back', '处置后回访报警人', 'Call the caller back afterwards')
const AMBULANCE = check('ambulance', '已通知 120', 'Ambulance told')
const FIRE_SERVICE = check('fire-service', '已通知 119', 'Fire service told')
const MEET = check('meet', '安排码头或路口接应', 'Somebody meets the crew at the pier or the turning')
const WEATHER = check('weather', '核对风、潮、能见度', 'Wind, tide and visibility looked up')
const EVIDENCE = check('evidence', '保护现场，固定证据', 'Scene kept, evidence secured')
const RECORDER = check('recorder', '执法记录仪开启', 'Body-worn recorders on')

/**
 * Defaults: the classes of the public notices of 110 (report, help, complaint; crime, public order, crowd, traffic, fire,
 * disaster, missing person, drowning) and the commonest of the level scales, red, orange, yellow, blue. None of these is a
 * national code table; there is no public one.
 */
export const DEFAULT_DICTIONARY: Dictionary = {
  levels: [
    level('emergency', '特急', 'Emergency', 'critical', 'triangle', '#ff6b5e', '#c4221a'),
    level('urgent', '紧急', 'Urgent', 'warning', 'diamond', '#ff9f45', '#b34700'),
    level('routine', '一般', 'Routine', 'notice', 'circle', '#e8cf52', '#8a6a00'),
    level('enquiry', '咨询', 'Enquiry', 'notice', 'square', '#6db8ff', '#1260a8'),
  ],
  categories: [
    category('missing-person', 'missing-person', '人员走失', 'Missing person', [
      check('description', '外貌衣着、病情、随身物已记录', 'Looks, clothing, illness and things carried are noted'),
      check('last-known', '最后所知时间、地点和去向已核实', 'Last known time, place and heading confirmed'),
      check('home', '住处和常去的地方有人看过', 'Home and usual places looked at'),
      check('ferries', '码头和大桥卡口已通知', 'Piers and bridge checkpoints told'),
      check('cameras', '沿途目击或监控去向已询问', 'Sightings and directions along the way asked for'),
      check('search', '搜索已开，协调员已接手', 'Search opened, coordinator has it'),
      check('airspace', '空域批准号已取得或不需要', 'Approval for flights obtained, or none needed'),
      WEATHER,
      check('family', '家属有专人联系', 'Somebody keeps in touch with the family'),
    ]),
    category('person-in-water', 'person-in-water', '人员落水', 'Person in water', [
      check('entry', '入水地点、时间、是否看到入水', 'Place and time of entering the water, and whether it was seen'),
      check(
        'float',
        '报警人保持目视，抛浮具，不下水',
        'Caller keeps watching, throws something that floats, stays out',
      ),
      check('boats', '附近船艇和海上搜救中心已通知', 'Boats near by and the rescue centre told'),
      AMBULANCE,
      WEATHER,
      check('drift', '漂移范围已估算', 'Drift estimated'),
      MEET,
      FEEDBACK,
    ]),
    category('vessel-distress', 'vessel-distress', '船舶遇险', 'Vessel in distress', [
      check('position', '船位、漂向、水深已核实', 'Position, drift and depth of water confirmed'),
      check('souls', '船上人数和伤情', 'How many on board, how many hurt'),
      check('cargo', '载货和燃油，有无危险品', 'Cargo and fuel, dangerous goods or not'),
      check('rescue-centre', '海上搜救中心和海事已通知', 'Rescue centre and maritime administration told'),
      check('ships-near', '附近船舶已呼叫', 'Ships near by called'),
      WEATHER,
      FEEDBACK,
    ]),
    category('medical', 'medical', '医疗急救', 'Medical', [
      AMBULANCE,
      check('breathing', '意识、呼吸、出血已询问', 'Consciousness, breathing, bleeding asked'),
      check('aed', '最近的除颤器和会用的人', 'Nearest defibrillator and somebody who can use it'),
      PLACE,
      MEET,
      FEEDBACK,
    ]),
    category('at-risk', 'medical', '轻生、坠楼', 'Person at risk of suicide or fall', [
      check('talk', '有人保持通话，语气平稳', 'Somebody keeps talking, calmly'),
      check('no-siren', '无警灯警笛接近', 'Approach without lights and siren'),
      AMBULANCE,
      FIRE_SERVICE,
      check('cushion', '气垫、绳索、水下同步准备', 'Cushion, ropes and water below made ready'),
      FEEDBACK,
    ]),
    category('fire', 'fire', '火情', 'Fire', [
      FIRE_SERVICE,
      check('people', '有无人员被困，楼层位置', 'People inside, and on which floor'),
      check('stuff', '燃烧物、气瓶、危险品', 'What burns, gas bottles, dangerous goods'),
      check('cordon', '警戒区和上风向', 'Cordon, and which side is upwind'),
      check('water', '水源和消防通道', 'Water and the way for engines'),
      AMBULANCE,
      FEEDBACK,
    ]),
    category('traffic', 'traffic', '交通事故、堵塞', 'Traffic', [
      check('hurt', '伤亡和被困', 'Hurt or trapped'),
      check('behind', '后方警示，防二次事故', 'Warning behind, against a second accident'),
      check('load', '是否危险品车辆', 'Dangerous goods or not'),
      check('ferry-queue', '码头排队影响，已告知轮渡', 'Effect on queues at the pier, ferry company told'),
      check('clear', '拖车和疏导', 'Recovery vehicle and diversion'),
      FEEDBACK,
    ]),
    category('crime', 'public-order', '刑事', 'Crime', [
      SAFE,
      check('going-on', '正在发生还是已经发生', 'Going on or over'),
      check('way-out', '逃离方向，码头和大桥布控', 'Direction of flight, piers and bridges watched'),
      EVIDENCE,
      RECORDER,
      check('legal', '需要时请法制员进室', 'Legal adviser brought in where needed'),
      FEEDBACK,
    ]),
    category('public-order', 'public-order', '治安', 'Public order', [
      SAFE,
      OTHERS,
      RECORDER,
      EVIDENCE,
      FEEDBACK,
      CALL_BACK,
    ]),
    category('crowd', 'public-order', '群体性事件', 'Crowd', [
      check('count', '人数、诉求、有无器械', 'How many, what they want, anything carried'),
      check('duty-lead', '值班领导已报', 'Duty lead told'),
      check('department', '主管部门已到或已通知', 'Department in charge there or told'),
      RECORDER,
      check('traffic', '周边交通和码头', 'Traffic around, and piers'),
      FEEDBACK,
    ]),
    category('disaster', 'other', '灾害事故', 'Disaster', [
      check('kind', '种类、范围、是否发展', 'Kind, extent, growing or not'),
      check('duty-lead', '值班领导和应急部门已报', 'Duty lead and emergency office told'),
      check('people', '受影响人数和转移点', 'People affected, and where they are brought'),
      check('hazard', '次生危险：电、气、化学品、滑坡', 'What may follow: power, gas, chemicals, slides'),
      AMBULANCE,
      FIRE_SERVICE,
      WEATHER,
      FEEDBACK,
    ]),
    category('dangerous-goods', 'other', '危险品事故', 'Dangerous goods', [
      check('load-sheet', '载货清单、UN 编号已告知出警人员', 'Those who go know the load sheet and UN numbers'),
      check('isolate', '隔离距离已设，人员撤到上风向', 'Isolation distance set, people moved upwind'),
      FIRE_SERVICE,
      check('duty-desk', '承运方值班台已联系', 'Duty desk of the carrier reached'),
      check('chemist', '危化品专家已进室', 'Chemist brought into the room'),
      AMBULANCE,
      WEATHER,
      check('water', '是否流入下水道、港池、海里', 'Drains, harbour or sea reached or not'),
      FEEDBACK,
    ]),
    category('help', 'other', '群众求助', 'Help wanted', [
      check('whose', '是否公安职责，否则移交', 'Ours or another department’s; hand over if not'),
      FEEDBACK,
      CALL_BACK,
    ]),
    category('complaint', 'other', '投诉', 'Complaint', [
      check('whose', '受理部门和时限', 'Who takes it, and by when'),
      CALL_BACK,
    ]),
    category('other', 'other', '其他', 'Other', [PLACE, OTHERS, FEEDBACK]),
  ],
  roomRules: [
    rule({ id: 'dispatch-desk', join: 'desk', role: 'dispatcher' }),
    rule({ id: 'units-sent', join: 'units' }),
    rule({ id: 'handlers', join: 'handlers' }),
    rule({ id: 'superiors', join: 'desk', role: 'coordinator' }, { priorities: ['critical'], sent: true }),
    rule({ id: 'search-coordinators', join: 'desk', role: 'coordinator' }, { search: true }),
    rule({ id: 'search-pilots', join: 'pilots' }),
  ],
  roomTimes: { acknowledgeWithinS: 120, rollCallWithinS: 120, keepClosedH: 24 },
  advisers: [
    adviser('doctor', '医生', 'Doctor', 60),
    adviser('harbour-master', '港航调度', 'Harbour master', 120),
    adviser('legal', '法制员', 'Legal adviser', 60),
    adviser('chemist', '危化品专家', 'Chemist', 120),
    adviser('negotiator', '谈判员', 'Negotiator', 120),
    adviser('interpreter', '翻译', 'Interpreter', 60),
    adviser('local', '社区或村干部', 'Community or village officer', 120),
  ],
  support: [
    support('ambulance', '救护车 120', 'Ambulance', 3, 20),
    support('fire', '消防 119', 'Fire engine', 3, 20),
    support('rescue-boat', '救助船', 'Rescue vessel', 10, 60),
    support('helicopter', '救助直升机', 'Rescue helicopter', 15, 90),
    support('tug', '拖轮', 'Tug', 15, 90),
    support('ferry-hold', '轮渡等候或加班', 'Ferry to wait or sail extra', 5, 30),
    support('volunteers', '志愿救援队', 'Volunteer rescue team', 15, 90),
    support('recovery', '拖车', 'Recovery vehicle', 10, 45),
    support('department', '主管部门到场', 'Department in charge to come', 15, 60),
  ],
}
