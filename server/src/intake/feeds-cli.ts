// npm run feeds -- key | check FILE
import { readFileSync } from 'node:fs'
import { hashSecret, newSecret } from '../access/secrets.ts'
import { readSecret } from './feeds/secret-file.ts'
import { hashTerminal } from './jt808/jt808-protocol.ts'
import { readFeedsConfig } from './feeds/feeds-config.ts'

const HELP = `Usage: npm run feeds -- COMMAND

  key          makes a key for one device: give the key to the device, put its SHA-256 into the feeds file
  terminal KEYFILE NUMBER   prints the keyed hash of a JT/T 808 terminal's number, for the feeds file
  check FILE   reads a feeds file and says what is wrong with it, or what it declares
`

function main([command, given, number]: readonly string[]): number {
  if (command === 'key') {
    const key = newSecret()
    process.stdout.write(`key       ${key}\nkeySha256 ${hashSecret(key)}\n`)
    return 0
  }
  if (command === 'terminal' && given !== undefined && /^\d{1,20}$/.test(number ?? '')) {
    return said(() => `${hashTerminal(readSecret('KEYFILE', given, process.cwd()), number!)}\n`)
  }
  if (command === 'check' && given !== undefined) return check(given)
  process.stdout.write(HELP)
  return command === 'help' || command === undefined ? 0 : 2
}

const check = (file: string): number =>
  said(() => {
    try {
      const { feeds } = readFeedsConfig(readFileSync(file, 'utf8'))
      return feeds.map(({ name, protocol }) => `${name}: ${protocol}\n`).join('')
    } catch (error) {
      throw new Error(`${file}: ${(error as Error).message}`, { cause: error })
    }
  })

/** Prints an answer, or in one line why there is none. */
function said(answer: () => string): number {
  try {
    process.stdout.write(answer())
    return 0
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}

process.exitCode = main(process.argv.slice(2))
