import { createServer, type Server as HttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { categoryNamed, classOf } from '@skerry/contract'
import { isLand, landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { openTerrain } from '@skerry/terrain'
import { Server } from 'socket.io'
import { hashAccounts, type Accounts } from './access/accounts.ts'
import { createFeeds } from './access/feeds.ts'
import { isSameOrigin } from './access/same-origin.ts'
import { startAlarmKeeper } from './alarms/alarm-keeper.ts'
import type { ServerConfig } from './config.ts'
import { declaredGround } from './ground/ground-source.ts'
import { loadGround } from './ground/load-ground.ts'
import { dictionaryOf } from './domain/dictionary/dictionary.ts'
import { takeoffPoint } from './domain/tasks/draft.ts'
import { flightAmslM } from './domain/tasks/heights.ts'
import { declareConfigured } from './domain/declare-configured.ts'
import { startDomain } from './domain/start-domain.ts'
import type { Scheduler } from './engine/scheduler.ts'
import { startCoverDesk, type CoverDesk } from './dispatch/cover-desk.ts'
import { startDispatchRecorder } from './dispatch/dispatch-recorder.ts'
import { loadFlowPolicy, loadHolidays } from './flow/load-files.ts'
import { createEta, type Eta } from './eta/eta-service.ts'
import { loadCrossings } from './eta/load-crossings.ts'
import { loadNetwork } from './eta/load-network.ts'
import { needsOf } from './eta/needs.ts'
import { osrmTable } from './eta/osrm.ts'
import { createCheckpointDesk } from './flow/checkpoint-desk.ts'
import { startCheckpointRecorder } from './flow/checkpoint-recorder.ts'
import { startCountKeeper } from './flow/count-keeper.ts'
import { startHistoryKeeper } from './history/history-keeper.ts'
import { healthReport } from './health/health-report.ts'
import { accessRoutes } from './http/access-routes.ts'
import { consignmentRoutes } from './http/consignment-routes.ts'
import { actRoutes } from './http/act-routes.ts'
import { dispatchRoutes } from './http/dispatch-routes.ts'
import { checkpointRoutes } from './http/checkpoint-routes.ts'
import { alarmRoutes } from './http/alarm-routes.ts'
import { groundRoutes } from './http/ground-routes.ts'
import { kioskRoutes } from './http/kiosk-routes.ts'
import { kpiRoutes } from './http/kpi-routes.ts'
import { islandFinder } from './kpis/island-of.ts'
import { healthRoutes } from './http/health-routes.ts'
import { retentionRoutes } from './http/retention-routes.ts'
import { historyRoutes } from './http/history-routes.ts'
import { intakeRoutes } from './http/intake-routes.ts'
import { droneRoutes } from './http/drone-routes.ts'
import { pictureRoutes } from './http/picture-routes.ts'
import { roomRoutes } from './http/room-routes.ts'
import type { Route } from './http/route.ts'
import { serveRoutes } from './http/serve-routes.ts'
import { trackRoutes } from './http/track-routes.ts'
import { exposureRoutes } from './http/exposure-routes.ts'
import { vesselRoutes } from './http/vessel-routes.ts'
import { exchangeRoutes } from './http/exchange-routes.ts'
import { incidentFileRoutes } from './http/incident-file-routes.ts'
import { warningRoutes } from './http/warning-routes.ts'
import { startAccess } from './start-access.ts'
import { startMovers } from './start-movers.ts'
import { webFiles } from './http/web-files.ts'
import { expectedFeeds } from './intake/expected-feeds.ts'
import { createFeedCounters } from './intake/feed-counters.ts'
import { startFeeds, type RunningFeed, type RunningFeeds } from './intake/feeds/start-feeds.ts'
import { createSafetyDesk } from './intake/ais/safety-desk.ts'
import { createSafetyTexts } from './intake/ais/safety-texts.ts'
import { createVesselDesk } from './intake/ais/vessel-desk.ts'
import { createCotShare } from './intake/cot/cot-share.ts'
import { sharedThings } from './intake/cot/shared-things.ts'
import { createDistressDesk } from './intake/distress-desk.ts'
import { createIncidentDesk } from './intake/incidents/incident-desk.ts'
import { startExpiryKeeper } from './intake/incidents/expiry-keeper.ts'
import { createTerminalAlarmDesk } from './intake/terminal-alarm-desk.ts'
import { attachLiveGate } from './live/live-gate.ts'
import { coarsePlace } from './retention/coarse-place.ts'
import { startRetentionKeeper } from './retention/retention-keeper.ts'
import { retentionHealth, retentionView } from './retention/retention-view.ts'
import { startRoomKeeper } from './rooms/room-keeper.ts'
import { createSailingBoard } from './sailings/sailing-board.ts'
import { trackHealth } from './tracks/track-health.ts'
import { openStore } from './store/open-store.ts'

const DAY_MS = 24 * 3_600_000

/** A bridge's status with many vehicles, or a batch of thermal notices, stays far below this. */
const MOST_MESSAGE_BYTES = 5_000_000

/** A road router is waited for no longer than this: the dispatcher has an estimate already. */
const ROUTER_MS = 1500

/** Fixes of one unit that are read to be counted, the newest ones: a day at one every four seconds. */
const MOST_TRACK_FIXES_READ = 20_000

export interface ServerPorts {
  clock: Scheduler
  newId: () => string
  newToken: () => string
  version: string
  /** A fault that was survived, for the log. */
  onFault: (error: unknown) => void
}

export interface RunningServer {
  port: number
  /** Where the first administrator makes their account; null when there are accounts. */
  enrolUrl: string | null
  /** Every route with who may call it. */
  routes: readonly Route[]
  /** Feeds of the feeds file, with the ports they listen on. */
  feeds(): readonly RunningFeed[]
  stop(): Promise<void>
}

/**
 * Opens the store, replays the journal and serves. Rejects when the data folder is taken, the store cannot be read,
 * or nothing can listen on the port; what was opened is closed again.
 */
export async function startServer(config: ServerConfig, ports: ServerPorts): Promise<RunningServer> {
  const { clock, newId, newToken, version, onFault } = ports
  const startedAtMs = clock.nowMs()
  const run = newId()
  const demoAccounts = hashAccounts(config.demo?.accounts ?? [])
  const crossings = await loadCrossings(config.crossingsFile)
  const terrain =
    config.terrainFile === null ? null : await openTerrain(config.terrainFile, { nowMs: () => clock.nowMs(), onFault })
  const flow = await loadFlowPolicy(config.flowFile)
  const calendar = await loadHolidays(config.holidaysFile)
  const store = await openStore({ url: config.storeUrl, clock })
  const { atMs: lastEntryAtMs } = await store.journal.head()
  const land = await loadLand()
  let people: Accounts['staff'] | null = null // likewise
  const ground = await loadGround(config)
  let cover: CoverDesk | null = null // likewise
  let eta: Eta | null = null // made from what the domain holds; nobody decides before that
  const counters = createFeedCounters(clock)
  const safetyTexts = createSafetyTexts(clock)
  const domain = await startDomain({
    staff: { get: (account) => people?.get(account) ?? null },
    etaOf: (incident, unitId, taken) => eta?.etaOf(incident, unitId, taken) ?? null,
    coverPlace: (zone) => cover?.placeIn(zone) ?? null,
    warnings:
      config.warningSender === null ? null : { sender: config.warningSender, exercisesOnly: config.demo !== null },
    journal: store.journal,
    clock,
    newId,
    newToken,
    version,
    ground,
    past: store.past,
    land: (box) => landInBox(land, box).map(({ rings }) => rings),
    tracks: {
      ofUnit: async (unitId, fromMs, toMs) =>
        (await store.tracks.range('unit', unitId, fromMs, toMs, MOST_TRACK_FIXES_READ)).map(
          ({ atMs, lngLat, accuracyM }) => ({ atMs, position: lngLat, accuracyM }),
        ),
    },
    storedTracks: store.tracks,
    follow: safetyTexts.follow,
    onTooLate: (feed) => counters.came(feed, { reasons: ['too-late-for-zones'] }),
    onFault,
  })
  const { engine } = domain
  const { cameras } = config
  await declareConfigured(engine, { layers: declaredGround(ground), dictionary: config.dictionary, cameras })

  const access = startAccess({ store, engine, clock, newId, onFault })
  const { sessions, accounts, kiosks, guests } = access
  people = accounts.staff
  const declared = new Set(config.feeds?.config.feeds.map(({ name }) => name))
  const feeds = createFeeds({ store: store.feeds, engine, clock, reserved: declared })
  if (config.demo !== null) {
    await accounts.declare(await demoAccounts)
    await feeds.declare(config.demo.feeds)
  }

  await accounts.load()

  const { tracks: policy } = config
  const movers = await startMovers({ engine, store, policy, zones: domain.zones, clock, onFault })
  const { motion, tracks, consignments, fixes, vessels } = movers
  // It takes seconds of work in pieces: begun when the doors are open, so that a restart is quick.
  const open = Promise.withResolvers<void>()
  const network = open.promise.then(() => loadNetwork(crossings))
  const sailings = createSailingBoard({
    crossings,
    store: store.sailings,
    clock,
    ship: (mmsi) => vessels.get(mmsi)?.latest ?? null,
    network,
    onFault,
  })
  await sailings.restore()
  eta = createEta({
    network,
    picture: engine.picture,
    placeOf: ({ handle }) => motion.find('unit', handle),
    drones: domain.board,
    needs: (incident) =>
      categoryNamed(dictionaryOf(engine.picture), incident.category)?.needs ??
      needsOf(classOf(incident), incident.priority),
    declined: ({ offers = [] }) =>
      new Set(offers.filter(({ state }) => state === 'declined' || state === 'expired').map(({ unitId }) => unitId)),
    router: config.roadRouterUrl === null ? null : osrmTable({ baseUrl: config.roadRouterUrl, timeoutMs: ROUTER_MS }),
    sailings: sailings.told,
    clock,
    onFault,
  })
  const distress = createDistressDesk({ engine, clock, newId })
  const terminalAlarms = createTerminalAlarmDesk({ engine, distress, clock, newId })
  const history = startHistoryKeeper({ engine, past: store.past, maps: domain.maps, clock, onFault })
  const islandOf = islandFinder(land, crossings)
  const retention = startRetentionKeeper({
    engine,
    purges: store.purges,
    policy: config.retention,
    coarse: coarsePlace(islandOf),
    lastEntryAtMs,
    clock,
    onFault,
  })
  const incidents = createIncidentDesk({
    engine,
    past: {
      bySources: (sources) => store.past.bySources(sources),
      get moves() {
        return history.moves
      },
    },
    counters,
    clock,
    newId,
  })
  const stopExpiry = startExpiryKeeper({ engine, clock, onFault })
  const cotThings = () => sharedThings({ picture: engine.picture, motion, drones: domain.board, nowMs: clock.nowMs() })
  const cotShare = createCotShare({ things: cotThings, clock, id: newId() })
  const vesselDesk = createVesselDesk(
    vessels,
    distress,
    createSafetyDesk({ engine, texts: safetyTexts, vessel: (mmsi) => vessels.get(mmsi), clock, newId }),
  )
  cover = startCoverDesk({
    engine,
    eta,
    placeOf: ({ handle }) => motion.find('unit', handle),
    onLand: (at) => isLand(land, at),
    clock,
    onFault,
  })
  const coverDesk = cover
  const dispatch = startDispatchRecorder({ engine, eta, clock, newId, onFault })
  const { utcOffsetMin } = crossings
  const counts = store.checkpointCounts
  const checkpoints = createCheckpointDesk({
    engine,
    store: counts,
    clock,
    calendar,
    utcOffsetMin,
    policy: flow,
    boats: sailings,
    onFault,
  })
  await checkpoints.restore()
  const { strandedPersons } = flow
  const stopCounting = [
    startCheckpointRecorder({ engine, desk: checkpoints, boats: sailings, strandedPersons, clock, newId, onFault }),
    startCountKeeper({ counts, sailings: store.sailings, keep: flow.keep, clock, onFault }),
  ]

  const health = healthReport({
    store,
    feeds,
    counters,
    bridges: () => bridgeGate.health(),
    opened: () => fileFeeds?.list() ?? [],
    planner: domain.planner.counts,
    motion: () => liveGate.motion(),
    retention: () => retentionHealth(retention.counts(), startedAtMs, clock.nowMs()),
    tracks: () => trackHealth(tracks.counts(), movers.keeper.counts(), config.tracks, clock.nowMs()),
    consoles: () => liveGate.consoles(),
    clock,
    run: { id: run, version, startedAtMs, demo: config.demo !== null },
  })
  const routes = [
    ...healthRoutes(health),
    ...accessRoutes({ accounts, sessions, feeds, counters }),
    ...kioskRoutes(kiosks),
    ...pictureRoutes({
      engine,
      journal: store.journal,
      past: store.past,
      maps: domain.maps,
      drones: domain.board,
      nowMs: () => clock.nowMs(),
    }),
    ...droneRoutes({ board: domain.board, params: domain.params }),
    ...historyRoutes(store.past, engine),
    ...retentionRoutes(() =>
      retentionView({
        purges: store.purges,
        picture: engine.picture,
        policy: config.retention,
        trackDays: config.tracks.keptMs / DAY_MS,
        keeper: retention.counts(),
      }),
    ),
    ...trackRoutes(store.tracks),
    ...dispatchRoutes({ engine, past: store.past, eta, cover: coverDesk }),
    ...roomRoutes({
      engine,
      journal: store.journal,
      guests,
      staff: accounts.staff,
      here: () => liveGate.accountsHere(),
      clock,
    }),
    ...actRoutes({ engine, cameras, drones: domain.board, consignments, sessions, clock }),
    ...consignmentRoutes({ engine, contacts: domain.contacts }),
    ...alarmRoutes({ alarms: domain.alarms, clock }),
    ...exposureRoutes(config.exposure),
    ...kpiRoutes({
      engine,
      past: store.past,
      alarms: domain.alarms,
      crossings,
      islandOf,
      clock,
    }),
    ...vesselRoutes(vessels, safetyTexts),
    ...warningRoutes({ engine, clock }),
    ...incidentFileRoutes({ engine, journal: store.journal, past: store.past, tracks: store.tracks, clock }),
    ...exchangeRoutes({ engine, past: store.past, tracks: store.tracks, maps: domain.maps, clock }),
    ...groundRoutes({
      terrain,
      search: (id) => engine.picture.search.get(id),
      task: (id) => engine.picture.task.get(id),
      flightAmslM: (task) => flightAmslM(task, takeoffPoint(domain.board.get(task.droneId))),
    }),
    ...checkpointRoutes({
      engine,
      desk: checkpoints,
      counts,
      board: sailings,
      calendar,
      crossings,
      policy: flow,
      clock,
    }),
    ...intakeRoutes({
      engine,
      fixes,
      checkpoints,
      sailings,
      incidents,
      feedIds: async () => new Set((await feeds.list()).map(({ id }) => id)),
      counters,
      clock,
      newId,
    }),
  ]
  const app = serveRoutes({
    routes,
    doors: { sessions: access.seats, feeds, guests },
    version,
    onFault,
    onUnreadable: (feedId) => counters.came(feedId, { accepted: 0, refused: 1 }),
    files: webFiles(config.webDir),
  })
  const http = createServer(getRequestListener(app.fetch))
  const io = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MOST_MESSAGE_BYTES,
    allowRequest: ({ headers }, done) => {
      const own = isSameOrigin({ origin: headers.origin, host: headers.host, fetchSite: undefined })
      done(null, own)
    },
  })
  const bridgeGate = domain.attachBridges(io, {
    token: config.bridgeToken,
    putDrone: (handle, mover) => motion.put('drone', handle, mover),
    trackDrone: (point) => tracks.add(point),
    seatSeenAtMs: sessions.lastUsedAtMs,
  })
  const liveGate = attachLiveGate(io, {
    engine,
    sessions: access.seats,
    guests,
    motion,
    drones: domain.board,
    checkpoints,
    consignments,
    sailings,
    maps: domain.maps,
    health,
    clock,
    run,
    onFault,
  })

  const stopAccess = access.watch()
  const stopRooms = startRoomKeeper({ engine, clock, newId, onFault })
  const stopKeeper = startAlarmKeeper({
    engine,
    clock,
    newId,
    feeds: async () =>
      [
        ...expectedFeeds(await feeds.list(), counters, startedAtMs),
        ...(fileFeeds?.list() ?? []).map(({ name }) => ({ id: name })),
      ].map(({ id }) => counters.of(id)),
    overdue: domain.overdue,
    heard: (consignmentId) => consignments.get(consignmentId) !== null,
    onFault,
  })
  let fileFeeds: RunningFeeds | null = null
  async function stop(): Promise<void> {
    stopAccess()
    stopRooms()
    stopKeeper()
    stopExpiry()
    await history.stop()
    await retention.stop()
    await fileFeeds?.stop()
    liveGate.stop()
    movers.stop()
    cotShare.stop()
    for (const each of stopCounting) each()
    checkpoints.stop()
    await sailings.stop()
    dispatch.stop()
    coverDesk.stop()
    const closed = io.close()
    http.closeAllConnections() // a browser keeps its lines open for longer than we stop
    await closed
    await domain.stop()
    await movers.close()
    await store.close()
    await terrain?.close()
  }

  try {
    if (config.feeds !== null) {
      const taken = (await feeds.list()).find(({ id }) => declared.has(id))
      if (taken !== undefined) throw new Error(`feed ${taken.id}: a feed with a token has this name already`)
      const { config: file, folder } = config.feeds
      fileFeeds = await startFeeds(file, {
        fixes,
        vessels: vesselDesk,
        alarms: terminalAlarms,
        cotShare,
        incidents,
        counters,
        clock,
        random: Math.random,
        folder,
        onFault,
      })
    }
    const port = await listen(http, config)
    open.resolve()
    const secret = await accounts.enrolmentSecret()
    const shownHost = config.host === '0.0.0.0' ? '127.0.0.1' : config.host
    const enrolUrl = secret === null ? null : `http://${shownHost}:${port}/#/enrol?secret=${secret}`
    return { port, enrolUrl, routes, feeds: () => fileFeeds?.list() ?? [], stop }
  } catch (error) {
    await stop().catch(onFault)
    throw error
  }
}

function listen(http: HttpServer, { host, port }: Pick<ServerConfig, 'host' | 'port'>): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      const address = http.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
