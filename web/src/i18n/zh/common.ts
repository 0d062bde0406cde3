export const common = {
  appName: 'Skerry',
  unknown: '未知',
  none: '无',
  yes: '是',
  no: '否',
  cancel: '取消',
  close: '关闭',
  age: {
    seconds: '{n} 秒',
    minutes: '{n} 分',
    hours: '{h} 时 {m} 分',
    days: '{d} 天 {h} 时',
    ago: '{age}前',
  },
  distance: { metres: '{n} 米', kilometres: '{n} 公里' },
  percent: '{n} %',
} as const
