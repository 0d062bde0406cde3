import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { startBridge } from './bridge.ts'
import { readSettings, type Settings } from './config.ts'
import { createFaultLog } from './fault-log.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const logger = pino({ name: 'bridge' })

/** One clear line, then the end: a bridge with a wrong setting must not look as if it ran. */
function refuse(line: string): never {
  process.stderr.write(`mavlink-bridge: ${line}\n`)
  process.exit(1)
}

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env)
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

/**
 * A promise that failed and for which nobody waited ended what it was part of, and nothing else: the process goes on.
 * To end here would take the heartbeat from every aircraft at once, and send all of them home over a fault in one
 * exchange with one of them. It is logged with its stack and counted; an exception outside of any promise still ends
 * the process, because nobody knows how much of its state it left half changed.
 */
const noteFault = createFaultLog((line, details) => logger.error(details, line))
process.on('unhandledRejection', (error) =>
  noteFault('nobody waited', error instanceof Error ? (error.stack ?? error.message) : error),
)

const settings = settingsOrExit()
const bridge = await startBridge({
  settings,
  version,
  log: (line, details = {}) => logger.info(details, line),
}).catch((error: unknown) => refuse(error instanceof Error ? error.message : String(error)))

/** Nothing here takes long; what does not end within a second is cut off. */
function stop(): void {
  setTimeout(() => process.exit(0), 1000).unref()
  void bridge.close().finally(() => process.exit(0))
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
process.once('disconnect', stop)

logger.info({ links: bridge.local, server: settings.serverUrl }, 'bridge listens')
// Last: whoever hears it may ask us to end at once.
process.send?.({ type: 'ready', udp: bridge.local })
