export const review = {
  choose: '选一条警情，看它的全部经过：日志里写的，不多也不少。',
  empty: '还没有任何警情。',
  incidents: '警情',
  duration: '历时 {age}',
} as const
