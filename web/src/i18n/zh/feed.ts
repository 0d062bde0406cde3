/** State of the console's own feed. */
export const feed = {
  live: '画面实时',
  behind: '画面滞后',
  lost: '画面中断',
  connecting: '正在连接',
  age: '{age}前',
  lostTitle: '画面已中断 {age}',
  lostMeaning: '屏幕上的一切都停在 {time}。位置、状态和警报都可能已经变了，不要据此决定。',
  lostAction: '控制台正在自行重连（第 {n} 次）。恢复后会补上错过的一切。请先用电台核实。',
  lostFirst: '控制台会自行重连，恢复后补上错过的一切。请先用电台核实。',
  connectingTitle: '正在连接服务器',
  cause: {
    'server-silent': '服务器没有应答',
    'connection-cut': '与服务器的连接断了',
    refused: '服务器拒绝了连接',
    'page-slept': '本页面刚才停顿，正在补收',
    'catching-up': '正在补收 {n} 条',
  },
} as const
