import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'

export interface Count {
  passed: number
  failed: number
  skipped: number
  /** Names of tests that passed only on a second try: counted as passed, and named, for each has a race to be mended. */
  unsteady?: readonly string[]
}

/** Runs a command, lets its output through, and resolves with its exit code (128 when a signal ended it). */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    })
    child.on('error', () => resolve(127))
    child.on('exit', (code) => resolve(code ?? 128))
  })
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  numFailedTestSuites: number
}

/** Counts of a Vitest JSON report. A file that broke before its first test counts as one failure. */
export async function countVitest(file: string, exitCode: number): Promise<Count> {
  const report = await read<VitestReport>(file)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const broken = exitCode !== 0 && report.numFailedTests === 0 ? 1 : 0
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

interface PlaywrightSuite {
  title: string
  suites?: PlaywrightSuite[]
  specs?: { title: string; tests: { status: string }[] }[]
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
}

/** Counts of a Playwright JSON report. */
export async function countPlaywright(file: string, exitCode: number): Promise<Count> {
  const report = await read<PlaywrightReport>(file)
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  const broken = exitCode !== 0 && unexpected === 0 ? 1 : 0
  const unsteady = report.suites.flatMap((suite) => unsteadyOf(suite))
  return { passed: expected + flaky, failed: unexpected + broken, skipped, unsteady }
}

function unsteadyOf(suite: PlaywrightSuite): string[] {
  const here = (suite.specs ?? []).filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [
    ...here.map(({ title }) => `${suite.title}: ${title}`),
    ...(suite.suites ?? []).flatMap((inner) => unsteadyOf(inner)),
  ]
}

async function read<T>(file: string): Promise<T | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch {
    return null
  }
}
