/** Alarms: what happened, what it means, what to do. */
export const alarm = {
  title: '警报',
  none: '没有警报',
  acknowledge: '确认',
  acknowledged: '{name} 已确认 {age}前',
  cleared: '已恢复',
  raised: '{age}前',
  sound: {
    title: '声音',
    test: '试音',
    mute: '静音 10 分钟',
    unmute: '取消静音',
    mutedUntil: '静音至 {time}',
    blocked: '浏览器尚未允许声音：点一下试音',
  },
  kind: {
    'drone-link-lost': {
      name: '无人机链路中断',
      means: '收不到它的遥测，指令也送不到。它会按自身的失联保护动作。',
      act: '联系飞手；在地图上看最后位置；不要派新任务给它。',
    },
    'bridge-lost': {
      name: 'MAVLink 网桥中断',
      means: '它负责的所有无人机都看不到、指挥不到。',
      act: '让飞手用遥控器接管；检查网桥主机。',
    },
    'feed-lost': {
      name: '数据源中断',
      means: '它送来的位置或计数不再更新。',
      act: '用电台核实单元位置；联系数据源值班。',
    },
    'offer-unanswered': {
      name: '任务无人应答',
      means: '飞手没有在时限内接受或拒绝。',
      act: '呼叫飞手，或改派另一架。',
    },
    'upload-failed': {
      name: '航线上传失败',
      means: '无人机里的航线可能不完整，不能起飞。',
      act: '让飞手重传；仍失败则撤回任务。',
    },
    'duplicate-system-id': {
      name: '无人机编号冲突',
      means: '两架用同一个系统编号，指令已锁定。',
      act: '让其中一架改号后重启。',
    },
    'person-located': {
      name: '地面队找到人',
      means: '地面队报告已找到走失者。',
      act: '确认身份特征和伤情，召回无人机。',
    },
    'candidate-raised': {
      name: '出现新疑点',
      means: '多次观测显示一处异常热源。',
      act: '判断：再看一次、派队、或排除。',
    },
    'planner-failed': {
      name: '规划失败',
      means: '暂时不能划分任务，也不会给出改飞建议。正在执行的飞行不受影响。',
      act: '重新划分任务；仍失败则手动布设航线样式，并联系管理员。',
    },
  },
} as const
