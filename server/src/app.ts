import { createServer, type Server as HttpServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { landInBox } from '@skerry/basemap'
import { loadLand } from '@skerry/basemap/node'
import { Server } from 'socket.io'
import { createAccounts, hashAccounts } from './access/accounts.ts'
import { createAttemptLimit } from './access/attempt-limit.ts'
import { createFeeds } from './access/feeds.ts'
import { isSameOrigin } from './access/same-origin.ts'
import { createSessions } from './access/sessions.ts'
import { startAlarmKeeper } from './alarms/alarm-keeper.ts'
import type { ServerConfig } from './config.ts'
import { startDomain } from './domain/start-domain.ts'
import type { Scheduler } from './engine/scheduler.ts'
import { startDispatchRecorder } from './dispatch/dispatch-recorder.ts'
import { createEta, type Eta } from './eta/eta-service.ts'
import { loadCrossings } from './eta/load-crossings.ts'
import { loadNetwork } from './eta/load-network.ts'
import { needsOf } from './eta/needs.ts'
import { osrmTable } from './eta/osrm.ts'
import { healthReport } from './health/health-report.ts'
import { accessRoutes } from './http/access-routes.ts'
import { dispatchRoutes } from './http/dispatch-routes.ts'
import { alarmRoutes } from './http/alarm-routes.ts'
import { healthRoutes } from './http/health-routes.ts'
import { intakeRoutes } from './http/intake-routes.ts'
import { pictureRoutes } from './http/picture-routes.ts'
import type { Route } from './http/route.ts'
import { serveRoutes } from './http/serve-routes.ts'
import { vesselRoutes } from './http/vessel-routes.ts'
import { webFiles } from './http/web-files.ts'
import { createCheckpointView } from './intake/checkpoint-view.ts'
import { createFeedCounters } from './intake/feed-counters.ts'
import { startFeeds, type RunningFeed, type RunningFeeds } from './intake/feeds/start-feeds.ts'
import { createVesselDesk } from './intake/ais/vessel-desk.ts'
import { createVesselTable } from './intake/ais/vessel-table.ts'
import { createCotShare } from './intake/cot/cot-share.ts'
import { createDistressDesk } from './intake/distress-desk.ts'
import { createTerminalAlarmDesk } from './intake/terminal-alarm-desk.ts'
import { createFixIntake } from './intake/fixes.ts'
import { attachLiveGate } from './live/live-gate.ts'
import { createMotionStore } from './motion/motion-store.ts'
import { createTrackWriter } from './motion/track-writer.ts'
import { openStore } from './store/open-store.ts'

/** Positions older than this are not shown again after a restart. */
const RESTORED_MS = 10 * 60_000

/** Scopes of which something is expected all the time; incidents and reports come when they come. */
const ALWAYS_HEARD: readonly string[] = ['fixes', 'checkpoints']
/** A bridge's status with many vehicles, or a batch of thermal notices, stays far below this. */
const MOST_MESSAGE_BYTES = 5_000_000

/** A road router is waited for no longer than this: the dispatcher has an estimate already. */
const ROUTER_MS = 1500

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
  const store = await openStore({ url: config.storeUrl, clock })
  const land = await loadLand()
  let eta: Eta | null = null // made from what the domain holds; nobody decides before that
  const domain = await startDomain({
    etaOf: (incident, unitId) => eta?.etaOf(incident, unitId) ?? null,
    journal: store.journal,
    clock,
    newId,
    newToken,
    version,
    land: (box) => landInBox(land, box).map(({ rings }) => rings),
    onFault,
  })
  const { engine } = domain

  const sessions = createSessions(store.sessions, clock, newId)
  const accounts = createAccounts({
    store: store.accounts,
    sessions,
    engine,
    clock,
    limit: {
      account: createAttemptLimit({ tries: 5, windowMs: 60_000 }, clock),
      address: createAttemptLimit({ tries: 30, windowMs: 60_000 }, clock),
    },
  })
  const declared = new Set(config.feeds?.config.feeds.map(({ name }) => name))
  const feeds = createFeeds({ store: store.feeds, engine, clock, reserved: declared })
  if (config.demo !== null) {
    await accounts.declare(await demoAccounts)
    await feeds.declare(config.demo.feeds)
  }

  const motion = createMotionStore()
  const tracks = createTrackWriter({ tracks: store.tracks, clock, onFault })
  const counters = createFeedCounters(clock)
  const fixes = createFixIntake({ engine, motion, tracks, clock, zones: domain.zones })
  fixes.restore(await store.tracks.latest('unit', clock.nowMs() - RESTORED_MS))
  // It takes seconds of work in pieces: begun when the doors are open, so that a restart is quick.
  const open = Promise.withResolvers<void>()
  eta = createEta({
    network: open.promise.then(() => loadNetwork(crossings)),
    picture: engine.picture,
    placeOf: ({ handle }) => motion.find('unit', handle),
    drones: domain.board,
    needs: ({ category, priority }) => needsOf(category, priority),
    declined: ({ offers = [] }) =>
      new Set(offers.filter(({ state }) => state === 'declined' || state === 'expired').map(({ unitId }) => unitId)),
    router: config.roadRouterUrl === null ? null : osrmTable({ baseUrl: config.roadRouterUrl, timeoutMs: ROUTER_MS }),
    clock,
    onFault,
  })
  const vessels = createVesselTable({ motion, tracks, clock, zones: domain.zones })
  const distress = createDistressDesk({ engine, clock, newId })
  const terminalAlarms = createTerminalAlarmDesk({ engine, distress, clock, newId })
  const cotShare = createCotShare({ units: () => engine.picture.unit.values(), motion, clock })
  const vesselDesk = createVesselDesk(vessels, distress)
  const dispatch = startDispatchRecorder({ engine, eta, clock, newId, onFault })
  const checkpoints = createCheckpointView({ engine, store: store.checkpointCounts, clock })
  await checkpoints.restore()

  const health = healthReport({
    store,
    feeds,
    counters,
    bridges: () => bridgeGate.health(),
    opened: () => fileFeeds?.list() ?? [],
    planner: domain.planner.counts,
    consoles: () => liveGate.consoles(),
    clock,
    run: { id: run, version, startedAtMs, demo: config.demo !== null },
  })
  const routes = [
    ...healthRoutes(health),
    ...accessRoutes({ accounts, sessions, feeds, counters }),
    ...pictureRoutes({ engine, journal: store.journal, tracks: store.tracks, maps: domain.maps, drones: domain.board }),
    ...dispatchRoutes({ engine, eta }),
    ...alarmRoutes({ alarms: domain.alarms, clock }),
    ...vesselRoutes(vessels),
    ...intakeRoutes({ engine, fixes, checkpoints, counters, clock, newId }),
  ]
  const app = serveRoutes({
    routes,
    doors: { sessions, feeds },
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
    sessions,
    motion,
    drones: domain.board,
    checkpoints,
    maps: domain.maps,
    health,
    clock,
    run,
    onFault,
  })

  const stopKeeper = startAlarmKeeper({
    engine,
    clock,
    newId,
    feeds: async () =>
      [
        ...(await feeds.list()).filter(({ scopes }) => scopes.some((scope) => ALWAYS_HEARD.includes(scope))),
        ...(fileFeeds?.list() ?? []).map(({ name }) => ({ id: name })),
      ].map(({ id }) => counters.of(id)),
    overdue: domain.overdue,
    onFault,
  })
  let fileFeeds: RunningFeeds | null = null
  async function stop(): Promise<void> {
    stopKeeper()
    await fileFeeds?.stop()
    liveGate.stop()
    fixes.stop()
    vessels.stop()
    cotShare.stop()
    dispatch.stop()
    const closed = io.close()
    http.closeAllConnections() // a browser keeps its lines open for longer than we stop
    await closed
    await domain.stop()
    await tracks.close()
    await store.close()
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
