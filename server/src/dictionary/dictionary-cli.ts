// npm run dictionary -- print | schema | check FILE
import { readFileSync } from 'node:fs'
import { DEFAULT_DICTIONARY, DictionaryFile } from '@skerry/contract'
import { z } from 'zod'
import { readDictionary } from './read-dictionary.ts'

const HELP = `Usage: npm run dictionary -- COMMAND

  print        the defaults: categories with their checklists, levels, colours, rules of rooms, advisers, kinds of support
  schema       JSON Schema of the file, for an editor
  check FILE   reads a file and says what is wrong with it, or what it holds
`

function main([command, file]: readonly string[]): number {
  if (command === 'print') process.stdout.write(`${JSON.stringify(DEFAULT_DICTIONARY, null, 2)}\n`)
  else if (command === 'schema')
    process.stdout.write(`${JSON.stringify(z.toJSONSchema(DictionaryFile, { io: 'input' }), null, 2)}\n`)
  else if (command === 'check' && file !== undefined) return check(file)
  else {
    process.stdout.write(HELP)
    return command === 'help' || command === undefined ? 0 : 2
  }
  return 0
}

function check(file: string): number {
  try {
    const { levels, categories, roomRules, advisers, support } = readDictionary(readFileSync(file, 'utf8'))
    const counts = { levels, categories, roomRules, advisers, support }
    for (const [name, list] of Object.entries(counts))
      process.stdout.write(`${name}: ${list.map(({ id }) => id).join(', ')}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${file}: ${(error as Error).message}\n`)
    return 2
  }
}

process.exitCode = main(process.argv.slice(2))
