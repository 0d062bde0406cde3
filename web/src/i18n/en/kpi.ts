export const kpi = {
  title: 'Figures',
  span: 'Span',
  hours: '{n} h',
  days: '{n} days',
  asOf: 'computed {time}',
  asking: 'Computing …',
  failed: 'The figures were not brought up to date.',
  explain:
    'In brackets the 95 % interval; “?” is an end that so small a sample cannot bound. Of fewer than 10 cases no percentile is given.',
  few: 'fewer than {n}',
  steps: 'Time of each step ({n} incidents)',
  leftOut: 'Left out: invalid {invalid} · merged into others {merged} · handed over closed {imported}',
  byCategory: 'By category',
  byIsland: 'By island',
  noIsland: 'At sea or on unnamed land',
  cols: { step: 'Step', category: 'Category', island: 'Island', running: 'Running', unknown: 'Unknown' },
  step: { dispatch: 'Dispatch', sign: 'Sign', go: 'Go', arrive: 'Arrive', feedback: 'Feedback', close: 'Close' },
  definition: {
    dispatch: 'received → dispatched',
    sign: 'dispatched → acknowledged',
    go: 'acknowledged → en route',
    arrive: 'dispatched → on scene',
    feedback: 'on scene → feedback',
    close: 'received → closed',
  },
  repeat: {
    title: 'Repeat-report rate',
    definition:
      'Incidents that a seat confirmed as the same matter again, of all valid ones (not closed as invalid; a merged group counts once): {repeats}. Merged besides: {merged}. By rule ({minutes} min, {metres} m) alike but not confirmed: {suggested}.',
  },
  recovery: {
    title: '24-hour recovery',
    definition:
      'Of missing-person reports whose 24 hours are over, the share found within them. Withdrawn ones are out; one closed without a word of the person counts as not found.',
    outcomes: 'well {well} · hurt {hurt} · deceased {deceased}',
    open: 'within 24 hours: missing {open}, found {early}',
    out: 'withdrawn {withdrawn} · nothing known {silent}',
  },
  alarms: {
    title: 'Alarm load',
    perHour: 'Alarms an hour ({n} whole hours)',
    acknowledge: 'Raised to acknowledged ({n})',
    rest: '{raised} in all, {waiting} waiting · in flood {flood} % of the time · standing {standing}, {stale} for over a day',
  },
} as const
