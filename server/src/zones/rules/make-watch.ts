import type { ZoneRule } from '@skerry/contract'
import { watchCoverage } from './coverage.ts'
import { watchDwell } from './dwell.ts'
import { watchGap } from './gap.ts'
import { watchLoiter } from './loiter.ts'
import { watchMeeting } from './meeting.ts'
import { watchOverspeed } from './overspeed.ts'
import { watchInside, watchOutside } from './presence.ts'
import type { ZoneFix } from '../zone-fix.ts'
import type { RuleContext, RuleWatch } from './rule-watch.ts'

type Given = Omit<RuleContext, 'rule'> & {
  heardAtMs: () => number | null
  sameWayHeardAtMs: (fix: ZoneFix) => number | null
  sinceMs: number
}

/** The watch of a rule. */
export function makeWatch(rule: ZoneRule, given: Given): RuleWatch {
  switch (rule.kind) {
    case 'enter':
    case 'intrusion':
      return watchInside({ ...given, rule })
    case 'exit':
    case 'corridor':
      return watchOutside({ ...given, rule })
    case 'dwell':
      return watchDwell({ ...given, rule })
    case 'overspeed':
      return watchOverspeed({ ...given, rule })
    case 'coverage':
      return watchCoverage({ ...given, rule })
    case 'loiter':
      return watchLoiter({ ...given, rule })
    case 'gap':
      return watchGap({ ...given, rule })
    case 'meeting':
      return watchMeeting({ ...given, rule })
  }
}
