export const track = {
  title: 'Track',
  minutes: '{n} min',
  hours: '{n} h',
  moment: 'Moment',
  none: 'No position was stored in this time.',
  notHeard: 'not heard at that time',
  heard: 'heard {n}% of this time',
  stood: 'stood for {time}',
} as const
