export const shell = {
  what: '海岛行动台',
  place: { dispatch: '调度', search: '搜索', fly: '飞行', wall: '大屏', review: '回看', settings: '设置' },
  zone: '北京时间',
  signOut: '退出',
  theme: { night: '夜间', day: '日间', turn: '切换日夜' },
  signIn: {
    title: '登录',
    account: '账号',
    password: '密码',
    go: '登录',
    busy: '正在登录',
  },
  enrol: {
    title: '设立第一位管理员',
    explain: '这个链接只能用一次。请选定账号和至少 12 位的密码。',
    name: '显示姓名',
    go: '设立',
    noSecret: '链接不完整，请从服务器的启动信息里重新复制。',
    done: '已设立，请登录。',
  },
} as const
