import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { findChromium } from './test/browser.ts'
import { countPlaywright, countVitest, run, type Count } from './test/stages.ts'
import { buildWebIfStale } from './start/web-build.ts'

const HELP = `Usage: npm test [-- --only STAGE[,STAGE...]]

Stages, in order: format, lint, vue-lint, arrows, types, unit, browser.
Closes with a line "N passed, N failed" (a check without single tests counts as one).
`
const root = path.dirname(import.meta.dirname)
const bin = (file: string): string => path.join(root, 'node_modules', file)
const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

type Stage = (scratch: string) => Promise<Count>
const check =
  (command: string, ...args: string[]): Stage =>
  async () =>
    (await run(command, args, root)) === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

const STAGES: Readonly<Record<string, Stage>> = {
  format: check(bin('.bin/oxfmt'), '--check'),
  lint: check(bin('.bin/oxlint'), '--deny-warnings'),
  'vue-lint': check(process.execPath, bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.'),
  arrows: check(process.execPath, path.join(root, 'scripts/check-arrows.ts')),
  types: check(process.execPath, path.join(root, 'scripts/types.ts')),
  unit: async (scratch) => {
    const report = path.join(scratch, 'unit.json')
    const code = await run(
      process.execPath,
      [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      root,
    )
    return countVitest(report, code)
  },
  browser: async (scratch) => {
    try {
      await buildWebIfStale(root, say)
      const chromium = findChromium(say)
      const args = [bin('@playwright/test/cli.js'), 'test', '--config', path.join(root, 'e2e/playwright.config.ts')]
      // What mostly waits for the clock goes on beside what works: ten minutes less of both.
      const counts = await Promise.all(
        ['patient', 'busy'].map(async (group) => {
          const report = path.join(scratch, `browser-${group}.json`)
          const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, SKERRY_BROWSER: group }
          return countPlaywright(report, await run(process.execPath, args, root, env))
        }),
      )
      return counts.reduce((sum, count) => ({
        passed: sum.passed + count.passed,
        failed: sum.failed + count.failed,
        skipped: sum.skipped + count.skipped,
        unsteady: [...(sum.unsteady ?? []), ...(count.unsteady ?? [])],
      }))
    } catch (error) {
      say((error as Error).message)
      return { passed: 0, failed: 1, skipped: 0 }
    }
  },
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    say(HELP)
    return 0
  }
  const at = args.indexOf('--only')
  const wanted = at < 0 ? Object.keys(STAGES) : (args[at + 1] ?? '').split(',')
  const strange = wanted.find((name) => !(name in STAGES))
  if (strange !== undefined) {
    process.stderr.write(`--only: there is no stage "${strange}" (${Object.keys(STAGES).join(', ')})\n`)
    return 2
  }
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'skerry-test-'))
  const total: Count = { passed: 0, failed: 0, skipped: 0 }
  const lines: string[] = []
  for (const name of wanted) {
    const started = Date.now()
    say(`\n== ${name}`)
    const count = await STAGES[name]!(scratch)
    total.passed += count.passed
    total.failed += count.failed
    total.skipped += count.skipped
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
    lines.push(
      `${name.padEnd(9)} ${count.passed} ok, ${count.failed} not ok${skipped}  (${Math.round((Date.now() - started) / 1000)} s)`,
    )
    for (const title of count.unsteady ?? []) lines.push(`          passed only on the second try: ${title}`)
  }
  await rm(scratch, { recursive: true, force: true })
  say(`\n${lines.join('\n')}\n`)
  say(`${total.passed} passed, ${total.failed} failed`) // the last line, and always of this form: others read it
  return total.failed === 0 ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2))
