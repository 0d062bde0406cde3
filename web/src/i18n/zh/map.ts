export const map = {
  label: '地图',
  noMapHere: '此处无地图：内置地图只含舟山群岛一带。画出的目标位置仍然真实。',
  failed: '这个浏览器画不出地图（{detail}）。左侧的列表仍然可用；请换用支持 WebGL2 的浏览器。',
  goThere: '定位',
  noPointer: '指针不在地图上',
  noElevation: '无高程数据',
  layers: '图层',
  layer: {
    units: '巡逻单元',
    vessels: '船舶（AIS）',
    incidents: '警情',
    hotspots: '警情热点',
    checkpoints: '卡口',
    drones: '无人机',
    footprints: '传感器视野',
    searches: '搜索与任务',
  },
} as const
