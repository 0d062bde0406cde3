import type { Calibration, Candidate, DetectorRates, DomainEvent, Search, SweepLook } from '@skerry/contract'
import { gridSum, localFrame } from '@skerry/search'
import { describe, expect, it } from 'vitest'
import { COORDINATOR, DISPATCHER, NOW_MS, REPORT, SETUP, at, statusOf, world } from '../domain/test-kit.ts'
import { detectorRates } from './detector-rates.ts'
import { mapChanged } from './map-changed.ts'
import { createSearchMaps } from './search-maps.ts'

const LOOK: DetectorRates['look'] = { droneId: 'main-1', heightM: 60, speedMps: 10 }
const RATES: DetectorRates = detectorRates(null, { terrain: 'flat', light: 'by-sun' }, LOOK, [])

/** A search whose maps follow everything that happens in it, and are told of as the server tells. */
function searching(setup: Partial<Search['setup']> = {}) {
  const maps = createSearchMaps({ land: () => null })
  const town = world(maps)
  let followed = 0
  const follow = (): void => {
    for (; followed < town.log.length; followed++) maps.follow({ event: town.log[followed]! })
  }
  const happen = (...events: DomainEvent[]): void => {
    town.apply(events)
    follow()
    town.apply(mapChanged(maps, town.only('search'), town.picture))
    follow()
  }
  const give = (command: Parameters<typeof town.give>[1]) => {
    const answer = town.give(COORDINATOR, command)
    happen()
    return answer
  }
  town.see('main-1')
  town.give(DISPATCHER, REPORT)
  give({ type: 'search.open', incidentId: town.only('incident').id, setup: { ...SETUP, ...setup } })
  const search = (): Search => town.only('search')
  const candidate = (number: number, eastM: number, over: Partial<Candidate> = {}): Candidate => ({
    id: `c${number}`,
    number,
    searchId: search().id,
    incidentId: search().incidentId,
    state: 'open',
    position: at(eastM, 100),
    errorRadiusM: 12,
    firstSeenAtMs: NOW_MS,
    lastSeenAtMs: NOW_MS,
    looks: 3,
    opportunities: 3,
    maxC: 32,
    contrastSd: 9,
    likelihoodRatio: 50,
    passes: 2,
    taskId: null,
    unitId: null,
    reason: null,
    detector: RATES,
    ...over,
  })
  const raise = (number: number, eastM: number, over: Partial<Candidate> = {}): void =>
    happen({ type: 'candidate.raised', candidate: candidate(number, eastM, over) })
  const known = (id: string): Candidate => town.picture.candidate.get(id)!
  const frame = () => maps.frame(search().id)!
  const total = (): number => gridSum(frame().poa) + frame().restOfWorld
  /** Probability of the ground within about a cell of a place. */
  const here = (eastM: number): number => {
    const [e, n] = localFrame(search().grid.origin).toLocal(at(eastM, 100))
    const { cols, cellM } = search().grid
    return gridSum(
      frame().poa.filter((_, i) => {
        const [row, col] = [Math.floor(i / cols), i % cols]
        return Math.abs((col + 0.5) * cellM - e) <= cellM && Math.abs((row + 0.5) * cellM - n) <= cellM
      }),
    )
  }
  return { maps, town, happen, give, search, raise, known, candidate, frame, total, here }
}

/** A drone that flies north over the candidates' ground, looking straight down. */
function pass(searchId: string, eastM: number, fromMs: number): DomainEvent {
  const looks: SweepLook[] = Array.from({ length: 40 }, (_, i) => {
    const corner = (e: number, n: number) => at(eastM + e, -100 + i * 10 + n)
    const corners = [corner(-30, -24), corner(30, -24), corner(30, 24), corner(-30, 24)]
    return { atMs: fromMs + i * 1000, position: at(eastM, -100 + i * 10), corners }
  })
  return { type: 'search.swept', searchId, taskId: 't', droneId: 'main-1', looks, sweepWidthM: 30, swathM: 60 }
}

describe('a candidate on the map of its search', () => {
  it('makes its place likelier and everywhere else less so, keeps all probability, and says what it did', () => {
    const { raise, known, here, search, total, frame } = searching()
    const [before, corner, outside] = [here(200), frame().poa[0]!, frame().restOfWorld]
    raise(1, 200)
    expect(known('c1').onMap!.probability).toBeGreaterThan(0.05)
    expect(known('c1').onMap!.clutterPerKm2).toBeCloseTo(5, 9)
    expect(here(200)).toBeGreaterThan(before + 0.8 * known('c1').onMap!.probability)
    expect(frame().poa[0]!).toBeLessThan(corner)
    expect(search().restOfWorld).toBeLessThan(outside)
    expect(total()).toBeCloseTo(1, 5)
    const { change } = search()
    expect(change).toMatchObject({ number: 1, kind: 'candidate-raised', about: '1' })
    expect(change!.probability!.before).toBeNull()
    expect(change!.probability!.after).toBeCloseTo(known('c1').onMap!.probability, 12)
    expect(change!.movedShare).toBeCloseTo(known('c1').onMap!.probability, 1)
    // Seen is not found: what the search has achieved so far is as it was.
    expect(search().pos).toBe(0)
  })

  it('counts every independent look once: the newest figures stand in place of all before', () => {
    const { raise, known, candidate, happen, search, town } = searching()
    raise(1, 200, { likelihoodRatio: 10 })
    const weak = known('c1').onMap!.probability
    happen({
      type: 'candidate.strengthened',
      candidate: candidate(1, 200, { likelihoodRatio: 50, looks: 5 }),
      reading: null,
    })
    const strong = known('c1').onMap!.probability
    expect(strong).toBeGreaterThan(2 * weak)
    expect(search().change).toMatchObject({ number: 2, kind: 'candidate-looked' })
    // The same look told once more, or one that says nothing new, moves nothing and is not told.
    const told = town.log.length
    happen({
      type: 'candidate.strengthened',
      candidate: candidate(1, 200, { likelihoodRatio: 50, looks: 6 }),
      reading: null,
    })
    expect(known('c1').onMap!.probability).toBeCloseTo(strong, 12)
    expect(town.log.slice(told).map(({ type }) => type)).toEqual(['candidate.strengthened'])
    // A later pass that shows nothing there speaks against it.
    happen({ type: 'candidate.strengthened', candidate: candidate(1, 200, { likelihoodRatio: 5 }), reading: null })
    expect(known('c1').onMap!.probability).toBeLessThan(weak)
  })

  it('is gone from the map when it is dismissed or nothing is there, for good or until somebody looks again', () => {
    const { raise, known, give, happen, search, frame } = searching()
    const before = Float32Array.from(frame().poa)
    raise(1, 200)
    give({ type: 'candidate.dismiss', candidateId: 'c1', reason: '晒热的石头' })
    expect(known('c1').onMap).toBeNull()
    expect(search().change).toMatchObject({ kind: 'candidate-removed', probability: { after: null } })
    frame().poa.forEach((poa, i) => expect(poa).toBeCloseTo(before[i]!, 7))
    // Figures that come later change nothing of what people decided.
    happen({ type: 'candidate.strengthened', candidate: { ...known('c1'), state: 'open', looks: 9 }, reading: null })
    expect(known('c1').onMap).toBeNull()
    frame().poa.forEach((poa, i) => expect(poa).toBeCloseTo(before[i]!, 7))
    give({ type: 'candidate.look-again', candidateId: 'c1', droneId: 'main-1' })
    expect(known('c1').onMap!.probability).toBeGreaterThan(0)
    expect(search().change!.kind).toBe('candidate-restored')
    happen({ type: 'candidate.nothing-there', candidateId: 'c1', unitId: 'u' })
    expect(known('c1').onMap).toBeNull()
    frame().poa.forEach((poa, i) => expect(poa).toBeCloseTo(before[i]!, 7))
  })

  it('stays as it stood when it is confirmed', () => {
    const { raise, known, give, search, town } = searching()
    raise(1, 200)
    const before = known('c1').onMap
    give({
      type: 'search.confirm-found',
      searchId: search().id,
      candidateId: 'c1',
      position: known('c1').position,
      outcome: 'well',
    })
    expect(town.picture.candidate.get('c1')).toMatchObject({ state: 'confirmed', onMap: before })
  })

  it('competes with the others, and is worth less the more warm things there are on the ground that was seen', () => {
    const { raise, known, give, happen, search } = searching()
    raise(1, 200)
    const alone = known('c1').onMap!
    raise(2, -300)
    raise(3, 400)
    const among = known('c1').onMap!
    // One subject: two of the three at least are not.
    expect(among.clutterPerKm2).toBeCloseTo(9, 9)
    expect(among.probability).toBeLessThan(alone.probability)
    const sum = ['c1', 'c2', 'c3'].reduce((all, id) => all + known(id).onMap!.probability, 0)
    expect(sum).toBeLessThan(1)
    give({ type: 'candidate.dismiss', candidateId: 'c2', reason: '屋顶' })
    expect(known('c1').onMap!.clutterPerKm2).toBeCloseTo(9, 9)
    for (const eastM of [-400, -340, -280, 280, 340]) happen(pass(search().id, eastM, NOW_MS + eastM * 1000))
    expect(known('c1').onMap!.clutterPerKm2).toBeLessThan(8)
    expect(known('c1').onMap!.probability).toBeGreaterThan(among.probability)
  })

  it('is not worn away by sweeps over it: its own looks say what they say, and coverage is for who was not seen', () => {
    const { raise, known, happen, search } = searching()
    raise(1, 200)
    for (let i = 0; i < 6; i++) happen(pass(search().id, 200, NOW_MS + i * 100_000))
    const swept = known('c1').onMap!
    expect(search().pos).toBeGreaterThan(0.01)
    expect(swept.probability).toBeGreaterThan(0.05)
  })

  it('at the rim of the map raises the rest of the world too, and draws nothing to the last cells', () => {
    const { happen, candidate, search, frame, total, known } = searching()
    const outside = search().restOfWorld
    const { grid } = search()
    const rim = localFrame(grid.origin).toLngLat([grid.cols * grid.cellM + 40, 1000])
    const lastCol = (): number => gridSum(frame().poa.filter((_, i) => i % grid.cols === grid.cols - 1))
    const before = lastCol()
    happen({ type: 'candidate.raised', candidate: { ...candidate(1, 0), position: rim, errorRadiusM: 12 } })
    expect(search().restOfWorld).toBeGreaterThan(outside)
    expect(lastCol()).toBeLessThan(before)
    expect(known('c1').onMap!.probability).toBeGreaterThan(0)
    expect(total()).toBeCloseTo(1, 5)
  })

  it('speaks for the story that foretold it', () => {
    const { give, search, raise } = searching()
    const story = {
      name: '下到沟里',
      kind: 'radial',
      planningPoint: at(700, 100),
      category: 'child-1-3',
      terrain: 'flat',
    } as const
    give({ type: 'search.add-scenario', searchId: search().id, story, weight: 1 })
    const [, before] = search().scenarioFigures
    raise(1, 720)
    const [, after] = search().scenarioFigures
    expect(after!.share).toBeGreaterThan(before!.share + 0.05)
    expect(after!.pos).toBe(before!.pos)
  })

  it('says nothing of a drift that has been moved on since it was seen', () => {
    const { town, give, search, raise, known, candidate, happen } = searching()
    const drift = {
      name: '落水',
      kind: 'drift',
      planningPoint: at(200, 100),
      entryErrorM: 50,
      enteredAtMs: NOW_MS - 60_000,
      objectId: 'PIW-1',
      wind: { fromDeg: 30, speedMps: 2 },
      current: { kind: 'steady', towardDeg: 90, speedMps: 0.1 },
    } as const
    give({ type: 'search.add-scenario', searchId: search().id, story: drift, weight: 1 })
    const [first, second] = search().scenarios
    give({ type: 'search.remove-scenario', searchId: search().id, scenarioId: first!.id, reason: '落水' })
    raise(1, 200)
    expect(known('c1').onMap!.probability).toBeGreaterThan(0.3)
    town.pass(1_800_000)
    give({ type: 'search.move-scenario', searchId: search().id, scenarioId: second!.id, mapAtMs: town.nowMs() })
    expect(known('c1').onMap!.probability).toBe(0)
    const again = candidate(1, 200, { lastSeenAtMs: town.nowMs() })
    happen({ type: 'candidate.strengthened', candidate: again, reading: null })
    expect(known('c1').onMap!.probability).toBeGreaterThan(0)
  })

  it('is on the same map bit for bit when the journal is replayed, whoever looked in between', () => {
    const { maps, town, raise, give, happen, search } = searching()
    raise(1, 200)
    happen(pass(search().id, 180, NOW_MS))
    raise(2, -300)
    maps.frame(search().id)
    give({ type: 'search.add-sighting', searchId: search().id, report: { ...CLUE, position: at(100, 0) } })
    give({ type: 'candidate.dismiss', candidateId: 'c2', reason: '屋顶' })
    happen(pass(search().id, -280, NOW_MS + 200_000))
    const replayed = createSearchMaps({ land: () => null })
    for (const event of JSON.parse(JSON.stringify(town.log)) as DomainEvent[]) replayed.follow({ event })
    expect(replayed.frame(search().id)).toEqual(maps.frame(search().id))
    expect(replayed.state(search().id, town.picture)).toEqual({
      ...maps.state(search().id, town.picture)!,
      change: { ...maps.state(search().id, town.picture)!.change!, movedShare: expect.any(Number) },
    })
  })
})

const CLUE = { kind: 'clue', atMs: NOW_MS, errorM: 80, movedM: 100, certainty: 0.6, note: '' } as const

describe('the rates of a detector', () => {
  const camera = { thermal: true, hfovRad: 0.8, vfovRad: 0.64, widthPx: 640, heightPx: 512, vendor: 'T', model: '1' }
  const exercise = (over: Partial<Calibration> = {}): Calibration => ({
    id: 'e',
    number: 4,
    state: 'finished',
    plan: { cover: 'open', contrast: 'moderate', heightM: 60, speedMps: 10 } as Calibration['plan'],
    camera: { hfovRad: 0.8, widthPx: 640, name: 'T 1' },
    targets: [],
    passes: [],
    measured: {
      sweepWidthM: 30,
      low: 24,
      high: 36,
      passes: 48,
      detections: 20,
      targets: 24,
      doubts: [],
      detector: {
        recall: { best: 0.8, low: 0.6, high: 0.9, passes: 20 },
        falseAlarms: { count: 2, areaKm2: 0.2, perKm2: 12.5, low: 1, high: 36 },
      },
    },
    laidOutAtMs: 0,
    finishedAtMs: 0,
    by: '飞手甲',
    ...over,
  })
  const ask = (exercises: Calibration[], look = LOOK, told: typeof camera | null = camera) =>
    detectorRates(statusOf('main-1', { camera: told }), { terrain: 'flat', light: 'by-sun' }, look, exercises)

  it('are those of the exercise with this camera under these conditions, carried over to others', () => {
    expect(ask([exercise()])).toMatchObject({
      recall: 0.8,
      recallRange: [0.6, 0.9],
      recallBasis: 'measured',
      falsePerKm2: 12.5,
      falseWorthKm2: 0.2,
      falseBasis: 'measured',
      exercise: 4,
    })
    expect(ask([exercise()], { ...LOOK, heightM: 110 })).toMatchObject({ recallBasis: 'transferred', exercise: 4 })
  })

  it('are assumed where the drone tells no camera, even if one like the assumed was measured', () => {
    const common = exercise({ camera: { hfovRad: 0.799, widthPx: 640, name: 'common' } })
    expect(ask([common], LOOK, null)).toMatchObject({ recallBasis: 'assumed', falseBasis: 'assumed', exercise: null })
  })

  it('are assumed, and say so, where nobody has measured: each for itself', () => {
    expect(ask([])).toMatchObject({
      recall: 0.7,
      recallBasis: 'assumed',
      falsePerKm2: 5,
      falseBasis: 'assumed',
      exercise: null,
    })
    expect(ask([exercise({ state: 'withdrawn' })])).toMatchObject({ recallBasis: 'assumed', exercise: null })
    expect(ask([exercise({ camera: { hfovRad: 0.4, widthPx: 640, name: 'other' } })]).recallBasis).toBe('assumed')
    const uncounted = exercise()
    uncounted.measured!.detector!.falseAlarms = null
    expect(ask([uncounted])).toMatchObject({
      recallBasis: 'measured',
      falsePerKm2: 5,
      falseBasis: 'assumed',
      exercise: 4,
    })
  })
})
