/** Files of other programs: GeoJSON, KML, KMZ, GPX. */
export const file = {
  fault: {
    empty: '文件是空的。',
    'too-large': '文件太大（最多 20 MB、40 万个点）。',
    'not-text': '文件的编码读不懂（请存成 UTF-8）。',
    'unknown-format': '不是 GeoJSON、KML、KMZ 或 GPX。',
    'bad-json': 'JSON 不完整或有错。',
    'bad-xml': 'XML 不完整或有错。',
    doctype: '文件里有文档类型声明（DOCTYPE），为安全起见不读。',
    'too-deep': 'XML 嵌套太深。',
    'bad-zip': 'KMZ 压缩包坏了或不完整。',
    'no-kml-inside': 'KMZ 里没有 KML。',
    'foreign-datum': '文件声明了别的坐标系。请先转换成 WGS-84（EPSG:4326）。',
    'too-many-things': '文件里的要素太多（最多 5000 个）。',
  },
  detailed: '{what}（{detail}）',
  left: {
    'no-geometry': '没有位置',
    'not-a-place': '坐标不对',
    'too-short': '点数不够',
    'not-supported': '图片、模型或链接，不读入',
    'no-time': '轨迹点没有时间',
    'too-many-points': '点太多',
  },
  leftLine: '未读入 {n} 个：{what}（首个：{first}）',
  datum: {
    title: '文件的坐标系',
    wgs84: 'WGS-84 / CGCS2000（GPS、天地图、谷歌地球）',
    gcj02: 'GCJ-02（高德、腾讯）',
    bd09: 'BD-09（百度）',
  },
} as const
