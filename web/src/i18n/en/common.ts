export const common = {
  appName: 'Skerry',
  unknown: 'unknown',
  none: 'none',
  yes: 'yes',
  no: 'no',
  cancel: 'Cancel',
  close: 'Close',
  age: {
    seconds: '{n} s',
    minutes: '{n} min',
    hours: '{h} h {m} min',
    days: '{d} d {h} h',
    ago: '{age} ago',
  },
  distance: { metres: '{n} m', kilometres: '{n} km' },
  percent: '{n} %',
} as const
