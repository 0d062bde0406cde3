import type { ListedSite } from '@skerry/contract'

/** Places near which a flight needs an approval reference (simulated list; the real one is published by the city). */
export const SITES: readonly ListedSite[] = [
  { id: 'airport-putuoshan', name: '舟山普陀山机场', kind: 'airport', position: [122.362, 29.934], radiusM: 2500 },
  { id: 'port-zhangzhou', name: '朱家尖樟州湾码头', kind: 'port', position: [122.4054, 29.8763], radiusM: 700 },
  { id: 'port-wugongzhi', name: '朱家尖蜈蚣峙码头', kind: 'port', position: [122.4055, 29.9449], radiusM: 600 },
  { id: 'port-shenjiamen', name: '沈家门渔港', kind: 'port', position: [122.302, 29.942], radiusM: 1500 },
]
