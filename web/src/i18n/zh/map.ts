export const map = {
  label: '地图',
  failed: '这个浏览器画不出地图（{detail}）。左侧的列表仍然可用；请换用支持 WebGL2 的浏览器。',
} as const
