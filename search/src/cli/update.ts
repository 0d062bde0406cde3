import { z } from 'zod'
import { noFindUpdate } from '../learning/no-find.ts'
import { Share } from './fields.ts'
import { jsonVerb } from './json-verb.ts'

const HELP = `usage: search update [FILE]

Bayes' rule after a search that found nothing. JSON from FILE or standard input.
  in   {"poa":[...],"restOfWorld":number,"pod":[...]}   probabilities 0 to 1, one pod per poa; together at most 1
  out  {"pos":number,"poa":[...],"restOfWorld":number}
p' = p (1 - POD) / (1 - POS), restOfWorld' = restOfWorld / (1 - POS). Nothing is rescaled beyond that.
`

const Input = z
  .strictObject({ poa: z.array(Share).min(1), restOfWorld: Share, pod: z.array(Share) })
  .refine(({ poa, pod }) => pod.length === poa.length, {
    path: ['pod'],
    error: 'must have one number per entry of poa',
  })
  .refine(({ poa, restOfWorld }) => poa.reduce((sum, p) => sum + p, restOfWorld) <= 1 + 1e-6, {
    path: ['poa'],
    error: 'must be at most 1 in all with restOfWorld',
  })

/** `update`: the no-find update of a list of cells or segments. */
export const update = jsonVerb({
  help: HELP,
  input: Input,
  run: (asked) => {
    const { pos, poa, restOfWorld } = noFindUpdate(asked)
    return { pos, poa, restOfWorld }
  },
})
