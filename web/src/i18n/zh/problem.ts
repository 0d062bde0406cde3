/** Why something did not work, and what to do. */
export const problem = {
  offline: '没有送达服务器。请看画面状态，稍后重试。',
  unreadable: '服务器的回答无法读取（{status}）。请告知管理员。',
  other: '服务器拒绝了（{code}）：{detail}',
} as const
