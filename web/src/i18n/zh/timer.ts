/** Lone-worker timer. */
export const timer = {
  title: '单人值守计时',
  every: '每 {n} 分钟',
  left: '每 {n} 分钟，还有 {time}',
  late: '已超 {time}',
  start: '开始',
  well: '已报平安',
  stop: '停止',
} as const
