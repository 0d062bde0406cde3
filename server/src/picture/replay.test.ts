import {
  Command,
  COMMAND_ROLES,
  DEFAULT_RETENTION,
  ENTITY_KINDS,
  PURGE_RULES,
  type CommandType,
  type DomainEvent,
  type LngLat,
  type Role,
  type Seat,
  type Zone,
} from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { DISPATCHER, REPORT, SETUP, at, flyingStatus, squareMaps, squarePlanner, statusOf } from '../domain/test-kit.ts'
import { createEngine } from '../engine/create-engine.ts'
import { FakeScheduler } from '../engine/fake-scheduler.ts'
import { archived, putAwayDue } from '../domain/incidents/put-away.ts'
import { isOver } from '../domain/tasks/states.ts'
import { purgedEntry } from '../retention/purge-entry.ts'
import { memoryJournal } from '../journal/memory-journal.ts'
import { dueEvents } from '../flight/timers.ts'
import { clearAlarm, raiseAlarm } from '../domain/alarms/rules.ts'
import { roomFollows, roomsDue } from '../domain/rooms/keep.ts'
import { petrol } from '../domain/consignments/consignment-kit.ts'
import { consignmentsDue } from '../domain/consignments/decide.ts'
import { actsDue } from '../domain/acts/decide.ts'
import { unsignedOrders } from '../domain/incidents/unsigned.ts'
import { timersDue } from '../domain/timers/decide.ts'
import { shelvesOver } from '../domain/alarms/shelf.ts'

/** Numbers 0..1 that a seed makes, the same every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

const seatOf = (role: Role): Seat => ({
  id: `seat-${role}`,
  role,
  name: role,
  ...(role === 'unit' ? { unitId: 'a' } : {}),
})
type Wish<T> = T extends unknown ? Omit<T, 'id'> : never
const CHECKLIST = { areaClear: true, aircraftChecked: true, heightUnderstood: true } as const

describe.each([1, 2, 3, 4, 6])('whatever people do (seed %i)', (seed) => {
  it('a replay of the journal gives the same picture, a second engine the same answers, and a purged journal leaves nobody else less', async () => {
    const random = seeded(seed)
    const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]
    const clock = new FakeScheduler()
    const journal = memoryJournal()
    let ids = 0
    const newId = () => `id-${++ids}`
    const drones = {
      get: (id: string) => (random() < 0.5 ? statusOf(id) : flyingStatus(id)),
      statuses: () => [statusOf('main-1'), flyingStatus('main-2')],
    }
    const staff = { get: (account: string) => (account === 'li' ? { name: 'Li', role: 'adviser' as const } : null) }
    const warnings = { sender: 'duty@skerry.example', exercisesOnly: false }
    const options = {
      journal,
      clock,
      newId,
      maps: squareMaps(),
      planner: squarePlanner,
      drones,
      staff,
      warnings,
      coverPlace: ({ shape }: Zone) => (shape.kind === 'circle' ? shape.centre : null),
      version: '1',
    }
    const engine = await createEngine(options)
    const { picture } = engine
    const system = { kind: 'system', part: 'test' } as const
    await engine.record(system, () => [
      ...['main-1', 'main-2'].map((id, i): DomainEvent => ({
        type: 'drone.seen',
        drone: {
          id,
          handle: i + 1,
          systemId: i + 1,
          bridgeId: 'main',
          autopilot: 'ardupilot',
          vehicle: 'quadrotor',
          firstSeenAtMs: 0,
        },
      })),
      {
        type: 'cameras.declared',
        cameras: [{ id: 'gate-1', label: { zh: '码头', en: 'Pier' }, position: at(0, 0) }],
      },
      {
        type: 'roster.declared',
        units: ['a', 'b', 'c'].map((id) => ({
          id,
          callSign: id,
          agency: 'x',
          kind: 'foot',
          skills: [],
          onDuty: id !== 'c',
        })),
        handles: { a: 1, b: 2, c: 3 },
      },
    ])

    const id = (
      kind: 'incident' | 'search' | 'task' | 'candidate' | 'alarm' | 'unit' | 'zone' | 'calibration' | 'consignment',
    ) => pick([...picture[kind].keys()]) ?? 'none'
    const someTable = (): { tableId?: string } => {
      const tableId = random() < 0.5 ? pick([...picture.distanceTable.keys()]) : undefined
      return tableId === undefined ? {} : { tableId }
    }
    const droneId = () => pick(['main-1', 'main-2', 'main-3'])!
    const wish = (type: CommandType): object => {
      const position = at(random() * 500, random() * 500)
      const reason = '原因'
      switch (type) {
        case 'incident.report':
          return { ...REPORT }
        case 'incident.assign':
        case 'incident.release':
          return { incidentId: id('incident'), unitId: id('unit') }
        case 'incident.offer':
          return { incidentId: id('incident'), unitIds: [id('unit')] }
        case 'incident.answer-offer':
          return {
            incidentId: id('incident'),
            unitId: id('unit'),
            answer: pick(['accepted', 'declined'])!,
            reason: '车辆故障',
          }
        case 'incident.enter-report': {
          const out = pick([...picture.unit.values()].filter(({ assignment }) => assignment !== null))
          return {
            incidentId: out?.assignment?.incidentId ?? id('incident'),
            unitId: out?.id ?? id('unit'),
            kind: pick(['acknowledged', 'en-route', 'on-scene', 'feedback'])!,
            text: '火已扑灭',
          }
        }
        case 'incident.withdraw-step': {
          // The newest step of somebody who is out, as the desk would mean it; where there is none, one that nobody took.
          const steps = [...picture.unit.values()].flatMap(({ id: of, assignment }) => {
            const incident = picture.incident.get(assignment?.incidentId ?? '')
            const one = incident?.steps?.findLast(({ unitId, withdrawn }) => unitId === of && !withdrawn)
            return incident !== undefined && one !== undefined ? [{ at: incident.id, one }] : []
          })
          const step = pick(steps.filter(({ one }) => one.byRadio)) ?? pick(steps)
          const { unitId, state, atMs } = step?.one ?? { unitId: id('unit'), state: 'on-scene', atMs: 1 }
          return { incidentId: step?.at ?? 'none', unitId, step: state, atMs, reason }
        }
        case 'incident.mark-same':
          return { incidentId: id('incident'), sameAsId: id('incident'), kind: pick(['same-event', 'repeat'])! }
        case 'incident.unmark-same':
          return { incidentId: id('incident') }
        case 'incident.note':
          return { incidentId: id('incident'), text: '记录' }
        case 'incident.correct':
          return { incidentId: id('incident'), position, place: '定海', text: '更正' }
        case 'incident.warn':
          return {
            incidentId: id('incident'),
            warning: {
              status: 'Exercise',
              restriction: null,
              category: 'Rescue',
              responseTypes: [],
              urgency: 'Immediate',
              severity: 'Severe',
              certainty: 'Likely',
              area: pick([{ kind: 'circle', radiusM: 500 }, { kind: 'search' }, { kind: 'zone', zoneId: id('zone') }])!,
              expiresInMin: 60,
              texts: [
                {
                  language: 'zh-CN',
                  event: '搜救',
                  headline: '搜救',
                  description: '',
                  instruction: '',
                  areaDesc: '山',
                },
              ],
            },
          }
        case 'incident.unwarn':
          return { incidentId: id('incident'), reason }
        case 'incident.classify':
          return {
            incidentId: id('incident'),
            category: pick(['missing-person', 'fire', 'crowd', 'none'])!,
            level: pick(['emergency', 'routine', 'none'])!,
            reason,
          }
        case 'incident.close':
          return { incidentId: id('incident'), outcome: reason }
        case 'room.say':
          return { incidentId: id('incident'), text: '到了', urgent: random() < 0.5 }
        case 'room.receive':
          return { incidentId: id('incident'), deliveredTo: Math.floor(random() * 9), readTo: Math.floor(random() * 9) }
        case 'room.acknowledge':
          return {
            incidentId: id('incident'),
            number: 1 + Math.floor(random() * 5),
            ...(random() < 0.5 ? { forKey: pick([...picture.member.values()])?.key ?? 'unit:none' } : {}),
          }
        case 'room.check': {
          const room = pick([...picture.room.values()])
          return {
            incidentId: room?.incidentId ?? 'none',
            itemId: pick(room?.checklist ?? [])?.id ?? 'none',
            as: pick(['open', 'done', 'skipped'])!,
            reason,
          }
        }
        case 'room.call-roll':
          return { incidentId: id('incident'), withinS: 60 }
        case 'room.answer-roll':
          return {
            incidentId: id('incident'),
            ...(random() < 0.5 ? { forKey: pick([...picture.member.values()])?.key ?? 'unit:none' } : {}),
          }
        case 'room.invite':
          return { incidentId: id('incident'), account: pick(['li', 'none'])!, adviser: 'doctor', minutes: 5 }
        case 'room.ask-support':
          return { incidentId: id('incident'), support: pick(['ambulance', 'none'])!, text: '码头' }
        case 'room.answer-support':
          return {
            incidentId: id('incident'),
            number: 1 + Math.floor(random() * 3),
            answer: pick(['accepted', 'arrived', 'declined', 'withdrawn'])!,
            ...(random() < 0.5 ? { etaMin: 12 } : {}),
            reason,
          }
        case 'unit.cover':
          return { unitId: id('unit'), zoneId: id('zone') }
        case 'unit.end-cover':
          return { unitId: id('unit'), reason }
        case 'unit.report':
          return { incidentId: id('incident'), kind: pick(['en-route', 'on-scene', 'text'])!, text: '到了' }
        case 'room.remove': {
          const member = pick([...picture.member.values()])
          return { incidentId: member?.incidentId ?? 'none', key: member?.key ?? 'seat:none', reason }
        }
        case 'search.open':
          return { incidentId: id('incident'), setup: { ...SETUP, ...someTable() } }
        case 'search.set-highest-ground':
          return { searchId: id('search'), highestGroundAmslM: Math.floor(random() * 90) }
        case 'search.add-scenario': {
          const walked = { name: '下坡', kind: 'radial', planningPoint: position, category: 'hiker', terrain: 'flat' }
          const drifts = {
            name: '落水',
            kind: 'drift',
            planningPoint: position,
            entryErrorM: 50,
            enteredAtMs: clock.nowMs() - 3_600_000,
            objectId: 'PIW-1',
            wind: { fromDeg: 30, speedMps: 5 },
            current: { kind: 'steady', towardDeg: 90, speedMps: 0.4 },
          }
          return { searchId: id('search'), story: random() < 0.5 ? walked : drifts, weight: 0.5 + random() }
        }
        case 'search.set-light':
          return { searchId: id('search'), light: pick(['by-sun', 'day', 'night']) }
        case 'search.set-conditions':
          return { searchId: id('search'), conditions: { waterC: 13, airC: null, windMps: 5 } }
        case 'search.move-scenario':
        case 'search.weigh-scenario':
        case 'search.remove-scenario': {
          const search = pick([...picture.search.values()])
          const scenarioId = pick(search?.scenarios ?? [])?.id ?? 'none'
          const searchId = search?.id ?? 'none'
          if (type === 'search.move-scenario')
            return { searchId, scenarioId, mapAtMs: clock.nowMs() + Math.floor(random() * 1e6) }
          return type === 'search.weigh-scenario'
            ? { searchId, scenarioId, weight: 0.5 + random() }
            : { searchId, scenarioId, reason }
        }
        case 'search.add-sighting': {
          const report = { kind: 'clue', position, atMs: 0, errorM: 30, movedM: 100, certainty: 0.6, note: '' }
          return { searchId: id('search'), report }
        }
        case 'search.withdraw-sighting': {
          const search = pick([...picture.search.values()])
          return { searchId: search?.id ?? 'none', sightingId: pick(search?.sightings ?? [])?.id ?? 'none', reason }
        }
        case 'search.add-drawing':
          return {
            searchId: id('search'),
            drawing: { name: '小路', note: '', shape: { kind: 'line', line: [position, at(0, 0)] } },
          }
        case 'search.remove-drawing': {
          const search = pick([...picture.search.values()])
          return { searchId: search?.id ?? 'none', drawingId: pick(search?.drawings ?? [])?.id ?? 'none', reason }
        }
        case 'search.remove-track':
          return { searchId: id('search'), trackId: 'none', reason }
        case 'search.cut-tasks':
          return { searchId: id('search'), droneIds: [droneId()], clearanceM: 60 }
        case 'search.confirm-found':
          return random() < 0.1
            ? { searchId: id('search'), candidateId: null, position, outcome: 'well' }
            : { searchId: 'none', candidateId: null, position, outcome: 'well' }
        case 'search.end':
          return { searchId: random() < 0.1 ? id('search') : 'none', as: 'closed', reason }
        case 'task.approve':
          return { taskId: id('task'), approvalRef: 'REF-1' }
        case 'task.offer':
        case 'task.see':
        case 'task.accept':
        case 'task.upload':
        case 'task.cancel-upload':
          return { taskId: id('task') }
        case 'search.take-advice':
        case 'search.decline-advice': {
          const search = pick([...picture.search.values()])
          const asked = { searchId: search?.id ?? 'none', adviceId: search?.advice?.id ?? 'none' }
          return type === 'search.take-advice' ? asked : { ...asked, reason }
        }
        case 'task.hand-over':
          return { taskId: id('task'), droneId: droneId() }
        case 'search.lay-pattern': {
          const placed = { name: 'sector', centre: position, bearingDeg: 30, reachM: 200, acrossM: 200 }
          const polygon = [[at(0, 0), at(300, 0), at(200, 250)]]
          const pattern = random() < 0.5 ? placed : { name: 'creeping-line-inside', polygon, from: null }
          return { searchId: id('search'), droneIds: [droneId()], clearanceM: 60, pattern }
        }
        case 'search.add-segment':
          return { searchId: id('search'), name: '沟', area: [at(0, 0), at(300, 0), at(200, 250)] }
        case 'search.remove-segment':
        case 'search.assign-teams':
        case 'search.confirm-searched':
        case 'search.withdraw-effort': {
          const search = pick([...picture.search.values()])
          const searchId = search?.id ?? 'none'
          const segmentId = pick(search?.segments ?? [])?.id ?? 'none'
          const effortId = pick(search?.efforts ?? [])?.id ?? 'none'
          const unitId = id('unit')
          if (type === 'search.withdraw-effort') return { searchId, effortId, reason }
          if (type === 'search.remove-segment')
            return { searchId, segmentId: random() < 0.2 ? segmentId : 'none', reason }
          if (type === 'search.assign-teams') return { searchId, assignments: [{ segmentId, unitId, hours: 2 }] }
          const day = { visibility: 'unknown', light: 'day', searchers: 3, dimLamp: false }
          const sensor = { kind: 'ground-team', detectionRangeM: 20, ...day }
          const fromMs = clock.nowMs() - 600_000
          const fixes = Array.from({ length: 20 }, (_, i) => [fromMs + 20_000 * i, ...at(20 * i, 40)])
          return { searchId, segmentId, unitId, sensor, track: { kind: 'file', name: 'a.gpx', fixes } }
        }
        case 'task.refuse':
        case 'task.withdraw':
          return { taskId: random() < 0.3 ? id('task') : 'none', reason }
        case 'task.resume':
          return { taskId: id('task'), fromPoint: Math.floor(random() * 4) }
        case 'task.start':
          return { taskId: id('task'), checklist: CHECKLIST }
        case 'drone.order':
          return { droneId: droneId(), order: pick(['hold', 'return', 'land', 'resume']) }
        case 'drone.camera':
          return { droneId: droneId(), wish: pick([{ do: 'photo' }, { do: 'zoom', percent: 50 }]) }
        case 'drone.send-fence':
          return { droneId: droneId(), taskId: id('task') }
        case 'drone.check-fence':
        case 'drone.clear-fence':
        case 'drone.cancel-fence':
        case 'drone.read-params':
        case 'drone.clear-mission':
        case 'drone.cancel-upkeep':
          return { droneId: droneId() }
        case 'drone.read-param':
          return { droneId: droneId(), name: 'RTL_ALT' }
        case 'drone.set-param':
          return { droneId: droneId(), name: 'RTL_ALT', value: 60, was: 30 }
        case 'drone.take-lease':
          return { droneId: droneId(), reason }
        case 'drone.release-lease':
          return { droneId: droneId() }
        case 'fleet.order':
          return { order: 'hold' }
        case 'candidate.look-again':
          return { candidateId: id('candidate'), droneId: droneId() }
        case 'candidate.send-team':
          return { candidateId: id('candidate'), unitId: id('unit') }
        case 'candidate.dismiss':
          return { candidateId: id('candidate'), reason }
        case 'distance-table.declare': {
          const replaces = random() < 0.5 ? pick([...picture.distanceTable.keys()]) : undefined
          const file = {
            attribution: '本市 2015–2025',
            categories: [{ id: 'hiker', label: '徒步者', distancesKm: { flat: [0.2, 0.6, 1.5, 4 + random()] } }],
          }
          return { tableName: `表 ${Math.floor(random() * 1e6)}`, file, ...(replaces ? { replaces } : {}) }
        }
        case 'distance-table.withdraw':
          return { tableId: random() < 0.3 ? (pick([...picture.distanceTable.keys()]) ?? 'none') : 'none', reason }
        case 'calibration.lay-out': {
          const layout = { targets: 5, rangeM: 40, spacingM: 20, start: position, bearingDeg: 30 }
          const flown = { droneId: droneId(), cover: 'scrub', contrast: 'weak', heightM: 60, speedMps: 8 }
          return { plan: { ...layout, ...flown } }
        }
        case 'calibration.record-pass':
          return { calibrationId: id('calibration'), target: 1 + Math.floor(random() * 6), seen: random() < 0.5 }
        case 'calibration.record-false-alarm':
          return { calibrationId: id('calibration') }
        case 'calibration.undo-pass': {
          const exercise = pick([...picture.calibration.values()])
          return { calibrationId: exercise?.id ?? 'none', passId: pick(exercise?.passes ?? [])?.id ?? 'none' }
        }
        case 'calibration.finish':
          return { calibrationId: random() < 0.2 ? id('calibration') : 'none' }
        case 'calibration.withdraw':
          return { calibrationId: random() < 0.2 ? id('calibration') : 'none', reason }
        case 'alarm.acknowledge':
        case 'alarm.unshelve':
          return { alarmId: id('alarm') }
        case 'alarm.acknowledge-all':
          return { alarmIds: [id('alarm'), id('alarm')] }
        case 'alarm.shelve':
          return { alarmId: id('alarm'), minutes: 20, reason }
        case 'zone.declare':
        case 'zone.change': {
          const zone = {
            name: `区 ${Math.floor(random() * 1e6)}`,
            shape: { kind: 'circle', centre: position, radiusM: 300 },
            rules: [
              { kind: 'enter', priority: 'warning', movers: ['unit'] },
              { kind: 'coverage', priority: 'warning', movers: ['unit'], minUnits: 1 },
            ],
          }
          const known = pick([...picture.zone.values()])
          return type === 'zone.declare'
            ? { zone }
            : { zoneId: known?.id ?? 'none', revision: known?.revision ?? 1, zone }
        }
        case 'act.ask': {
          const target = pick([
            { kind: 'camera', id: 'gate-1' },
            { kind: 'drone', id: 'main-1' },
            { kind: 'consignment', id: id('consignment') },
          ])
          return { incidentId: id('incident'), target, reason, minutes: 1 + Math.floor(random() * 5) }
        }
        case 'act.approve':
        case 'act.refuse':
        case 'act.end': {
          const act = pick([...picture.act.values()])
          const asked = { incidentId: act?.incidentId ?? 'none', number: act?.number ?? 1 }
          return type === 'act.approve' ? asked : { ...asked, reason }
        }
        case 'case.hold':
          return { incidentId: id('incident'), reason }
        case 'case.ask-lift':
        case 'case.refuse-lift':
        case 'case.approve-lift': {
          const incidentId = pick([...picture.hold.keys()]) ?? 'none'
          return type === 'case.approve-lift' ? { incidentId } : { incidentId, reason }
        }
        case 'consignment.declare': {
          const terminalId = random() < 0.5 ? `T-${Math.floor(random() * 9)}` : null
          const window = { fromMs: clock.nowMs(), toMs: clock.nowMs() + 600_000 }
          return { consignment: petrol({ window, vehicle: { callSign: '危运', terminalId } }) }
        }
        case 'consignment.check':
        case 'consignment.start':
        case 'consignment.arrive':
          return { consignmentId: id('consignment') }
        case 'consignment.end':
          return { consignmentId: random() < 0.2 ? id('consignment') : 'none', reason }
        case 'consignment.accident':
          return {
            consignmentId: random() < 0.2 ? id('consignment') : 'none',
            position,
            place: '',
            text: '泄漏',
            ...(clock.nowMs() % 2 === 0 ? { incidentId: [...picture.incident.keys()].at(-1) ?? 'none' } : {}),
          }
        case 'timer.start':
          return { unitId: id('unit'), everyMin: 1 }
        case 'timer.check-in':
        case 'timer.stop':
          return { unitId: id('unit') }
        case 'zone.remove':
          return { zoneId: random() < 0.3 ? id('zone') : 'none', reason }
      }
    }
    const nature = (): DomainEvent[] => {
      const task = pick([...picture.task.values()])
      const search = pick([...picture.search.values()])
      if (task?.state === 'uploading') return [{ type: 'task.uploaded', taskId: task.id, planId: 'p', total: 5 }]
      if (task?.state === 'starting') return [{ type: 'task.flying', taskId: task.id }]
      if (task?.state === 'flying') return [{ type: 'task.done', taskId: task.id }]
      if (!search) return []
      const candidate = {
        id: newId(),
        number: picture.candidate.size + 1,
        searchId: search.id,
        incidentId: search.incidentId,
        state: 'open' as const,
        position: at(random() * 400, random() * 400),
        errorRadiusM: 8,
        firstSeenAtMs: 0,
        lastSeenAtMs: 0,
        looks: 3,
        opportunities: 4,
        maxC: 30,
        contrastSd: 8,
        likelihoodRatio: 30,
        passes: 1,
        taskId: null,
        unitId: null,
        reason: null,
      }
      return [{ type: 'candidate.raised', candidate }]
    }

    /** Things that lose and find their word: alarms, some the cause of others. */
    const weather = (now: typeof picture): DomainEvent[] => {
      const about = pick([
        ['bridge-lost', { kind: 'bridge', id: 'main' }],
        ['drone-link-lost', { kind: 'drone', id: pick(['main-1', 'main-2'])! }],
        ['feed-lost', { kind: 'feed', id: 'f' }],
        ['zone-gap', { kind: 'unit', id: 'a' }],
      ] as const)!
      const [kind, subject] = about
      const fields = { priority: 'warning' as const, kind, subject, incidentId: null, detail: '', feed: 'f' }
      return random() < 0.6
        ? raiseAlarm(now, { nowMs: clock.nowMs(), newId }, fields)
        : clearAlarm(now, kind, subject.id)
    }

    // Tasks are cut more often than the rest: much hangs on them. A step must be taken to be taken back.
    const types = [
      ...(Object.keys(COMMAND_ROLES) as CommandType[]),
      ...([
        'incident.report',
        'search.open',
        'search.cut-tasks',
        'search.cut-tasks',
        'search.cut-tasks',
        'search.cut-tasks',
        'incident.enter-report',
        'incident.withdraw-step',
      ] as const),
    ]
    const answers: [Command, Seat, unknown][] = []
    let taken = 0
    await engine.submit({ ...REPORT, id: crypto.randomUUID() }, DISPATCHER)
    for (let step = 0; step < 3000; step++) {
      clock.advance(Math.floor(random() * 3000))
      if (random() < 0.15) await engine.record(system, nature)
      if (random() < 0.05) await engine.record(system, (now) => dueEvents(now, { nowMs: clock.nowMs(), newId }))
      if (random() < 0.05) await engine.record(system, (now) => shelvesOver(now, clock.nowMs()))
      if (random() < 0.05) await engine.record(system, (now) => unsignedOrders(now, { nowMs: clock.nowMs(), newId }))
      if (random() < 0.05) await engine.record(system, (now) => timersDue(now, { nowMs: clock.nowMs(), newId }))
      if (random() < 0.05)
        await engine.record(system, (now) =>
          consignmentsDue(now, { nowMs: clock.nowMs(), newId, heard: () => random() < 0.9, listeningSinceMs: 0 }),
        )
      if (random() < 0.1) await engine.record(system, (now) => actsDue(now, clock.nowMs()))
      if (random() < 0.1) await engine.record(system, (now) => roomsDue(now, { nowMs: clock.nowMs(), newId }))
      if (random() < 0.3)
        await engine.record(system, (now) => [...now.incident.keys()].flatMap((each) => roomFollows(now, each)))
      if (random() < 0.1) await engine.record(system, weather)
      const type = pick(types)!
      const seat = seatOf(pick(COMMAND_ROLES[type])!)
      const command = Command.parse({ id: crypto.randomUUID(), type, ...wish(type) })
      const answer = await engine.submit(command, seat)
      if (answer.ok) taken += 1
      answers.push([command, seat, answer])
    }
    expect(taken).toBeGreaterThan(300)
    expect(picture.task.size).toBeGreaterThan(5)
    const steps = [...picture.incident.values()].flatMap(({ steps = [] }) => steps)
    expect(steps.some(({ withdrawn }) => withdrawn !== undefined)).toBe(true)

    const second = await createEngine(options)
    for (const kind of ENTITY_KINDS) expect(second.picture[kind]).toEqual(picture[kind])
    for (const [command, seat, answer] of answers.filter(([, , done]) => (done as { ok: boolean }).ok).slice(0, 50))
      if ((answer as { value: { created: unknown[] } }).value.created.length > 0)
        expect(await second.submit(command, seat)).toEqual(answer)

    // Everything ends, leaves the picture, and is purged: nothing of it is left, and nobody else misses it.
    const put = async (wished: Wish<Command>, by: Role): Promise<unknown> =>
      engine.submit({ ...wished, id: crypto.randomUUID() } as Command, seatOf(by))
    for (const search of picture.search.values())
      await put({ type: 'search.end', searchId: search.id, as: 'closed', reason: '结束' }, 'coordinator')
    await engine.record(system, (now) =>
      [...now.task.values()]
        .filter((task) => !isOver(task))
        .map(({ id: taskId }): DomainEvent => ({ type: 'task.done', taskId })),
    )
    for (const { id: incidentId } of picture.incident.values())
      await put({ type: 'incident.close', incidentId, outcome: '办结' }, 'dispatcher')
    clock.jump(60 * 24 * 3_600_000)
    const gone = putAwayDue(picture, clock.nowMs(), 1000)
    expect(gone.length).toBeGreaterThan(10)
    await engine.record(system, () => gone.map(archived))
    const by = { key: 'seat:x', name: 'x' } as const
    await engine.record(system, (now) =>
      [...now.hold.keys()].map((incidentId): DomainEvent => ({ type: 'case.released', incidentId, by })),
    )
    for (const { incident, searches } of gone) {
      const personal = incident.subject !== null || searches.length > 0
      const how = {
        rules: new Set(PURGE_RULES),
        personal,
        coarse: ([lng, lat]: LngLat): LngLat => [Math.round(lng), Math.round(lat)],
      }
      journal.entries.forEach((entry, i) => {
        const left = entry.incidentId === incident.id ? purgedEntry(entry, how) : null
        if (left !== null) journal.entries[i] = { ...entry, event: left.event, actor: left.actor, purgedSeq: 1 }
      })
      await engine.record(system, () => [
        {
          type: 'case.purged',
          incidentId: incident.id,
          number: incident.number,
          personal,
          rules: PURGE_RULES,
          policy: DEFAULT_RETENTION,
          removed: { entries: { person: 0, messages: 0, tracks: 0, acts: 0 }, searches: 0, maps: 0, guests: 0 },
          seal: { entries: 0, digest: '' },
        },
      ])
    }
    const third = await createEngine(options)
    for (const kind of ENTITY_KINDS) expect(third.picture[kind], kind).toEqual(picture[kind])
    const purgedIds = new Set(gone.map(({ incident }) => incident.id))
    // Flight, alarms and goods keep their own reasons: they are no part of a case.
    const telling = journal.entries.filter(
      ({ incidentId, event: { type } }) =>
        purgedIds.has(incidentId ?? '') && !/^(drone|alarm|consignment)\./.test(type),
    )
    const typed = [
      '原因',
      '到了',
      '记录',
      '更正',
      '定海',
      '码头',
      '车辆故障',
      '火已扑灭',
      '下坡',
      '小路',
      '办结',
      '结束',
    ]
    const said = [
      ...typed,
      REPORT.text,
      REPORT.place,
      REPORT.subject.description,
      ...['dispatcher', 'coordinator'].map((name) => `"name":"${name}"`),
    ]
    const leaks = telling.flatMap((entry) => {
      const text = JSON.stringify({ event: entry.event, actor: entry.actor })
      return said.filter((word) => text.includes(word)).map((word) => `${entry.event.type}: ${word}`)
    })
    expect([...new Set(leaks)]).toEqual([])
  })
})
