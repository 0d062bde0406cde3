// Draws the pictures of the guide to the search science from real runs of the package.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  coveragePicture,
  driftPicture,
  noFindPicture,
  planPicture,
  ringsPicture,
  shorePicture,
} from './guide-pictures.ts'

const FOLDER = path.join(import.meta.dirname, '../../docs/guides/search-science')
const PICTURES = {
  rings: ringsPicture,
  shore: shorePicture,
  'no-find': noFindPicture,
  plan: planPicture,
  coverage: coveragePicture,
  drift: driftPicture,
}

mkdirSync(FOLDER, { recursive: true })
for (const [name, draw] of Object.entries(PICTURES)) {
  const file = path.join(FOLDER, `${name}.svg`)
  writeFileSync(file, draw())
  process.stdout.write(`${path.relative(process.cwd(), file)}\n`)
}
