// Type-checks every package, and the scripts, with the compiler that reads Vue files too.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { ARROWS } from './check-arrows.ts'

const root = path.dirname(import.meta.dirname)
let failed = 0
for (const project of ['.', ...Object.keys(ARROWS)]) {
  const compiler = project === 'web' ? 'vue-tsc/bin/vue-tsc.js' : 'typescript/bin/tsc'
  const run = spawnSync(process.execPath, [path.join(root, 'node_modules', compiler), '-p', path.join(root, project)], {
    cwd: root,
    stdio: 'inherit',
  })
  if (run.status !== 0) failed++
}
process.exitCode = failed === 0 ? 0 : 1
