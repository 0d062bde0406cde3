import { common } from './common.ts'
import { dispatch } from './dispatch.ts'
import { domain } from './domain.ts'
import { feed } from './feed.ts'
import { fly } from './fly.ts'
import { map } from './map.ts'
import { problem } from './problem.ts'
import { search } from './search.ts'
import { shell } from './shell.ts'
import type { zh } from '../zh/index.ts'
import type { WordsLike } from '../words.ts'

/** All English words, in the shape of the Chinese ones. */
export const en: WordsLike<typeof zh> = { common, dispatch, domain, feed, fly, map, problem, search, shell }
