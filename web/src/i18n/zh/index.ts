import { alarm } from './alarm.ts'
import { autopilot } from './autopilot.ts'
import { calibration } from './calibration.ts'
import { common } from './common.ts'
import { dispatch } from './dispatch.ts'
import { domain } from './domain.ts'
import { feed } from './feed.ts'
import { fly } from './fly.ts'
import { inspect } from './inspect.ts'
import { leeway } from './leeway.ts'
import { map } from './map.ts'
import { problem } from './problem.ts'
import { reason } from './reason.ts'
import { review } from './review.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { timeline } from './timeline.ts'
import { timer } from './timer.ts'
import { wall } from './wall.ts'
import { zone } from './zone.ts'

/** All Chinese words; the shape that English follows. */
export const zh = {
  alarm,
  autopilot,
  calibration,
  common,
  dispatch,
  domain,
  feed,
  fly,
  inspect,
  leeway,
  map,
  problem,
  reason,
  review,
  search,
  settings,
  shell,
  timeline,
  timer,
  wall,
  zone,
} as const
