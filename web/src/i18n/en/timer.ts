export const timer = {
  title: 'Lone-worker timer',
  every: 'every {n} min',
  left: 'every {n} min, {time} left',
  late: 'overdue by {time}',
  start: 'Start',
  well: 'Heard to be well',
  stop: 'Stop',
} as const
