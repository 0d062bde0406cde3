export const review = {
  choose: '选一条警情，看它的全部经过：日志里写的，不多也不少。',
  empty: '还没有任何警情。',
  incidents: '警情',
  duration: '历时 {age}',
  past: '更早的（已移出实时画面）',
  find: '在历史里查找：编号、地点、内容',
  older: '再早一些',
  pastFailed: '历史查不出来。',
  pastNone: '没有符合的历史警情。',
  openSearch: '打开搜救',
} as const
