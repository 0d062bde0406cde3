export const retention = {
  rule: {
    person: '走失人员与接报内容',
    messages: '消息与文字',
    tracks: '轨迹与搜索范围',
    acts: '操作人员姓名与操作记录',
  },
}
