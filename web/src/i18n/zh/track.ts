export const track = {
  title: '轨迹',
  minutes: '{n} 分钟',
  hours: '{n} 小时',
  moment: '时刻',
  none: '这段时间没有存下任何位置。',
  notHeard: '当时没有收到位置',
  heard: '这段时间里有 {n}% 收到位置',
  stood: '停留 {time}',
} as const
