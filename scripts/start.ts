import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { demoAis } from './start/demo-ais.ts'
import { demoSecrets, type DemoSecrets } from './start/demo-secrets.ts'
import { BadOption, HELP, parseOptions, type Options } from './start/options.ts'
import {
  dataFolderMustBeFree,
  dataFolderMustBeWritable,
  fileMustBeReadable,
  tcpPortMustBeFree,
  udpPortMustBeFree,
} from './start/preflight.ts'
import { createSupervisor } from './start/supervisor.ts'
import { buildWebIfStale } from './start/web-build.ts'

const root = path.dirname(import.meta.dirname)
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.cwd(), root)
  if (options === 'help') return say(HELP)
  await dataFolderMustBeWritable(options.dataDir)
  dataFolderMustBeFree(options.dataDir)
  await tcpPortMustBeFree(options.host, options.port)
  if (options.linksFile === null) await udpPortMustBeFree(options.mavlink.host, options.mavlink.port)
  else await fileMustBeReadable('--links', options.linksFile)
  if (options.feedsFile !== null) await fileMustBeReadable('--feeds', options.feedsFile)
  if (options.terrainFile !== null) await fileMustBeReadable('--terrain', options.terrainFile)
  await buildWebIfStale(root, say)

  const supervisor = createSupervisor(root, options.dataDir, say)
  let ending = false
  const end = (code: number): void => {
    if (ending) return
    ending = true
    void supervisor.stop().then(() => process.exit(code))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (!ending) say('\nStopping ...')
      end(0)
    })
  process.on('disconnect', () => end(0))

  try {
    await startParts(options, supervisor)
  } catch (error) {
    process.stderr.write(`Skerry could not start: ${(error as Error).message}\n`)
    end(1)
  }
}

async function startParts(options: Options, supervisor: ReturnType<typeof createSupervisor>): Promise<void> {
  const bridgeToken = randomBytes(24).toString('base64url')
  const demo = options.live ? null : await demoSecrets(options.dataDir)
  const terrain = options.terrainFile === null ? {} : { SKERRY_TERRAIN: options.terrainFile }
  const ais = demo === null ? null : await demoAis(options.dataDir)
  const url = `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${options.port}`
  say('Starting the server ...')
  const server = await supervisor.start({
    name: 'server',
    entry: 'server/src/main.ts',
    args: [],
    env: {
      SKERRY_HOST: options.host,
      SKERRY_PORT: String(options.port),
      SKERRY_DATA: options.dataDir,
      SKERRY_BRIDGE_TOKEN: bridgeToken,
      SKERRY_WEB_DIR: path.join(root, 'web/dist'),
      ...terrain,
      ...(options.feedsFile === null ? {} : { SKERRY_FEEDS: options.feedsFile }),
      ...(ais === null ? {} : { SKERRY_FEEDS: ais.feedsFile }),
      ...(demo === null ? {} : { SKERRY_DEMO: JSON.stringify(demo) }),
    },
  })
  say('Starting the MAVLink bridge ...')
  const bridge = supervisor.start({
    name: 'bridge',
    entry: 'mavlink-bridge/src/main.ts',
    args: [],
    env: {
      SKERRY_SERVER_URL: url,
      SKERRY_BRIDGE_TOKEN: bridgeToken,
      SKERRY_BRIDGE_ID: 'main',
      SKERRY_BRIDGE_DATA: path.join(options.dataDir, 'bridge'),
      ...terrain,
      ...(options.linksFile === null
        ? { SKERRY_MAVLINK_UDP: `${options.mavlink.host}:${options.mavlink.port}` }
        : { SKERRY_MAVLINK_LINKS: options.linksFile }),
    },
  })
  const city = demo === null ? null : startDemoCity(options, supervisor, url, demo, ais?.to ?? null)
  await Promise.all([bridge, city])
  announce(options, url, demo, server)
}

async function startDemoCity(
  options: Options,
  supervisor: ReturnType<typeof createSupervisor>,
  url: string,
  demo: DemoSecrets,
  ais: string | null,
): Promise<void> {
  say('Starting the demo city ...')
  const crossings = process.env['SKERRY_CROSSINGS']
  const target = options.mavlink.host === '0.0.0.0' ? '127.0.0.1' : options.mavlink.host
  await supervisor.start({
    name: 'mocks',
    entry: 'mocks/src/cli.ts',
    args: argsOf('city', {
      server: url,
      mavlink: `${target}:${options.mavlink.port}`,
      seed: String(options.seed),
      speed: String(options.speed),
      autopilot: options.autopilot,
      ...(ais === null ? {} : { ais }),
      ...(options.surge === null ? {} : { surge: options.surge }),
      ...(crossings === undefined ? {} : { timetable: crossings }),
    }),
    env: { SKERRY_FEED_TOKEN: demo.feeds[0]!.token },
  })
}

function argsOf(verb: string, options: Record<string, string>): string[] {
  return [verb, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])]
}

function announce(options: Options, url: string, demo: DemoSecrets | null, server: Record<string, unknown>): void {
  say('')
  say(`Skerry is running: ${url}`)
  if (demo === null) {
    say('Live: no simulated city.')
    if (options.linksFile !== null) say(`Drones: the links of ${options.linksFile}.`)
    else say(`Drones: send MAVLink over UDP to this machine, port ${options.mavlink.port}.`)
    if (options.feedsFile !== null) say(`Feeds: those of ${options.feedsFile}, beside those with a token.`)
    if (typeof server['enrolUrl'] === 'string') say(`First administrator, one time only: ${server['enrolUrl']}`)
  } else {
    say(
      `This is a demo: a simulated city and simulated drones (seed ${options.seed}, speed ${options.speed}). Sign in as`,
    )
    for (const { account, password } of demo.accounts) {
      const to = account === 'wall' ? '&to=/wall' : '' // an observer's own first place is the dispatch desk
      say(`  ${account.padEnd(12)} ${url}/#/sign-in?account=${account}&key=${password}${to}`)
    }
  }
  say('Press Ctrl-C to stop everything.')
}

main().catch((error: unknown) => {
  if (error instanceof BadOption) process.stderr.write(`${error.message}\n`)
  else process.stderr.write(`Skerry could not start: ${(error as Error).message}\n`)
  process.exit(error instanceof BadOption ? 2 : 1)
})
