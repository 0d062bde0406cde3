import { act } from './act.ts'
import { alarm } from './alarm.ts'
import { autopilot } from './autopilot.ts'
import { calibration } from './calibration.ts'
import { checkpoint } from './checkpoint.ts'
import { common } from './common.ts'
import { consignment } from './consignment.ts'
import { dispatch } from './dispatch.ts'
import { domain } from './domain.ts'
import { draw } from './draw.ts'
import { feed } from './feed.ts'
import { file } from './file.ts'
import { flowField } from './flow-field.ts'
import { fly } from './fly.ts'
import { inspect } from './inspect.ts'
import { kpi } from './kpi.ts'
import { leeway } from './leeway.ts'
import { map } from './map.ts'
import { problem } from './problem.ts'
import { reason } from './reason.ts'
import { retention } from './retention.ts'
import { review } from './review.ts'
import { room } from './room.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { tables } from './tables.ts'
import { timeline } from './timeline.ts'
import { timer } from './timer.ts'
import { track } from './track.ts'
import { wall } from './wall.ts'
import { zone } from './zone.ts'
import type { WordsLike } from '../words.ts'
import type { zh } from '../zh/index.ts'

/** All English words, in the shape of the Chinese ones. */
export const en: WordsLike<typeof zh> = {
  act,
  alarm,
  autopilot,
  calibration,
  checkpoint,
  common,
  consignment,
  dispatch,
  domain,
  draw,
  feed,
  file,
  flowField,
  fly,
  inspect,
  kpi,
  leeway,
  map,
  problem,
  reason,
  retention,
  review,
  room,
  search,
  settings,
  shell,
  tables,
  timeline,
  timer,
  track,
  wall,
  zone,
}
