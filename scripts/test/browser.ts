import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/**
 * Path of a Chromium for the browser tests: CHROMIUM_PATH, else one on the PATH, else Debian's package when we
 * may install it. Also sees to a CJK font, without which Chinese labels are drawn as boxes.
 * @throws Error that says what to install
 */
export function findChromium(say: (line: string) => void): string {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`)
    return named
  }
  const wanted: string[] = []
  if (onPath() === null) wanted.push('chromium')
  if (!hasCjkFont()) wanted.push('fonts-noto-cjk')
  if (wanted.length > 0 && mayInstall()) install(wanted, say)
  if (!hasCjkFont()) say('No CJK font found: Chinese text in the browser tests will be drawn as boxes.')
  const found = onPath()
  if (found === null)
    throw new Error(
      'no Chromium found: install one (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH',
    )
  return found
}

function onPath(): string | null {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome'])
    for (const folder of (process.env['PATH'] ?? '').split(path.delimiter))
      if (folder !== '' && existsSync(path.join(folder, name))) return path.join(folder, name)
  return null
}

function hasCjkFont(): boolean {
  const list = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

function install(packages: readonly string[], say: (line: string) => void): void {
  say(`Installing ${packages.join(' and ')} for the browser tests ...`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
  const run = spawnSync('apt-get', ['install', '-y', '-qq', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
  if (run.status !== 0) say(`apt-get ended with code ${run.status}.`)
}
