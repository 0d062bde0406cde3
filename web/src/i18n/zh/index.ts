import { common } from './common.ts'
import { dispatch } from './dispatch.ts'
import { domain } from './domain.ts'
import { feed } from './feed.ts'
import { fly } from './fly.ts'
import { map } from './map.ts'
import { problem } from './problem.ts'
import { search } from './search.ts'
import { shell } from './shell.ts'

/** All Chinese words; the shape that English follows. */
export const zh = { common, dispatch, domain, feed, fly, map, problem, search, shell } as const
