// The arrows between packages point one way. Reads every import in the tree and names each that breaks a rule.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** Package -> workspace packages it may import. Nothing may import server, web or mocks. */
export const ARROWS: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  basemap: [],
  exchange: ['contract'],
  terrain: [],
  search: [],
  layers: ['contract'],
  'mavlink-bridge': ['contract', 'terrain'],
  server: ['contract', 'search', 'basemap', 'exchange', 'terrain'],
  web: ['contract', 'search', 'layers', 'basemap', 'exchange'],
  mocks: ['contract', 'basemap', 'mavlink-bridge'],
}

const IMPORT =
  /(?:^|[^\w.])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[^\w.])import\s*\(?\s*['"]([^'"]+)['"]/gm

/** Import specifiers of one source text. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '')
}

/** Why an import of `specifier` from a file of `from` is wrong, or null. `file` is relative to the root. */
export function fault(from: string, file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) {
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
    return target.startsWith(`${from}/`) ? null : `reaches out of its package by path (${specifier})`
  }
  const name = /^@skerry\/([\w-]+)/.exec(specifier)?.[1]
  if (name === undefined || name === from) return null
  return ARROWS[from]?.includes(name) === true ? null : `${from} may not import ${name}`
}

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder)) {
    if (entry === 'node_modules' || entry === 'dist' || entry === 'scripts') continue
    const file = path.join(folder, entry)
    if (statSync(file).isDirectory()) yield* sources(file)
    else if (/\.(ts|vue|mts)$/.test(entry)) yield file
  }
}

function main(): number {
  const root = path.dirname(import.meta.dirname)
  let faults = 0
  let files = 0
  for (const from of Object.keys(ARROWS))
    for (const full of sources(path.join(root, from))) {
      const file = path.relative(root, full).split(path.sep).join('/')
      files++
      for (const specifier of importsOf(readFileSync(full, 'utf8'))) {
        const why = fault(from, file, specifier)
        if (why === null) continue
        faults++
        process.stderr.write(`${file}: ${why}\n`)
      }
    }
  process.stdout.write(`arrows: ${files} files, ${faults} faults\n`)
  return faults === 0 ? 0 : 1
}

if (import.meta.main) process.exitCode = main()
