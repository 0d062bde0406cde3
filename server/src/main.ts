import { randomBytes, randomUUID } from 'node:crypto'
import pino from 'pino'
import manifest from '../package.json' with { type: 'json' }
import { startServer, type RunningServer } from './app.ts'
import { ConfigError, readConfig, type ServerConfig } from './config.ts'
import { systemScheduler } from './engine/scheduler.ts'
import { DataFolderError } from './store/data-lock.ts'

/** A stop that takes longer is ended: everything acknowledged is on the disk already. */
const STOP_MS = 2000

const log = pino({ name: 'server' })

function giveUp(line: string, code: number): never {
  process.stderr.write(`${line}\n`)
  process.exit(code)
}

function configOrExit(): ServerConfig {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) giveUp(error.message, 2)
    throw error
  }
}

const config = configOrExit()
let running: RunningServer
try {
  running = await startServer(config, {
    clock: systemScheduler,
    newId: randomUUID,
    newToken: () => randomBytes(24).toString('base64url'),
    version: manifest.version,
    onFault: (error) => log.error({ err: error }, 'a fault was survived'),
  })
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') giveUp(`TCP port ${config.port} on ${config.host} is taken`, 1)
  if (error instanceof DataFolderError) giveUp(message, 1)
  // A refused connection has its reason in the code alone.
  giveUp(`the server could not start: ${message || code || 'unknown reason'}`, 1)
}

let stopping = false
function stop(why: string): void {
  if (stopping) return
  stopping = true
  log.info({ why }, 'stopping')
  setTimeout(() => process.exit(1), STOP_MS).unref()
  running.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ err: error }, 'stopping failed')
      process.exit(1)
    },
  )
}
process.on('SIGTERM', () => stop('SIGTERM'))
process.on('SIGINT', () => stop('SIGINT'))
// Whoever started us is gone: nothing may be left behind.
process.on('disconnect', () => stop('the starting process has gone'))
for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(kind, (error: unknown) => {
    log.fatal({ err: error }, kind)
    process.exit(1)
  })

const { port, enrolUrl } = running
log.info({ host: config.host, port, demo: config.demo !== null }, 'ready')
// The link is a secret: it goes to whoever started us, and onto the screen only when that is a person.
if (process.send !== undefined) process.send({ type: 'ready', port, ...(enrolUrl === null ? {} : { enrolUrl }) })
else if (enrolUrl !== null) process.stdout.write(`First administrator, one time only: ${enrolUrl}\n`)
