/** Drawing shapes on a map. */
export const draw = {
  undo: '撤回一点',
  clear: '清空',
  hole: '挖一个洞',
  inHole: '正在画第 {n} 个洞：洞里不进入。',
  corners: '坐标（每行：经度 纬度，WGS-84；空一行开始一个洞）',
  wrong: '有一行不是坐标。',
} as const
