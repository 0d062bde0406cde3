/** A name on the map. Rank 1 is seen from furthest away. */
export interface Place {
  zh: string
  en: string
  kind: 'island' | 'town'
  rank: 1 | 2 | 3
  /** Degrees, WGS-84; a point on the island or in the town, chosen for the label. */
  position: readonly [number, number]
}

const island = (zh: string, en: string, lng: number, lat: number, rank: 1 | 2 | 3): Place => ({
  zh,
  en,
  kind: 'island',
  rank,
  position: [lng, lat],
})
const town = (zh: string, en: string, lng: number, lat: number, rank: 1 | 2 | 3): Place => ({
  ...island(zh, en, lng, lat, rank),
  kind: 'town',
})

/** Islands and towns of the archipelago that people navigate by. */
export const PLACES: readonly Place[] = [
  island('舟山岛', 'Zhoushan Dao', 122.11, 30.07, 1),
  island('岱山岛', 'Daishan Dao', 122.16, 30.29, 1),
  island('衢山岛', 'Qushan Dao', 122.35, 30.445, 1),
  island('六横岛', 'Liuheng Dao', 122.13, 29.71, 1),
  island('朱家尖', 'Zhujiajian', 122.39, 29.905, 1),
  island('普陀山', 'Putuoshan', 122.386, 30.0, 1),
  island('金塘岛', 'Jintang Dao', 121.88, 30.04, 1),
  island('桃花岛', 'Taohua Dao', 122.28, 29.815, 2),
  island('泗礁山', 'Sijiaoshan', 122.46, 30.71, 1),
  island('嵊山', 'Shengshan', 122.815, 30.722, 2),
  island('枸杞岛', 'Gouqi Dao', 122.772, 30.714, 2),
  island('花鸟山', 'Huaniaoshan', 122.68, 30.853, 2),
  island('册子岛', 'Cezi Dao', 121.934, 30.093, 2),
  island('长白岛', 'Changbai Dao', 122.036, 30.185, 3),
  island('秀山岛', 'Xiushan Dao', 122.178, 30.172, 2),
  island('长涂', 'Changtu', 122.285, 30.257, 2),
  island('虾峙岛', 'Xiazhi Dao', 122.25, 29.755, 2),
  island('登步岛', 'Dengbu Dao', 122.312, 29.87, 2),
  island('蚂蚁岛', 'Mayi Dao', 122.258, 29.871, 3),
  island('大洋山', 'Dayangshan', 122.072, 30.59, 3),
  island('小洋山', 'Xiaoyangshan', 122.065, 30.637, 2),
  island('庙子湖岛', 'Miaozihu Dao', 122.682, 30.196, 3),
  island('东福山', 'Dongfushan', 122.766, 30.135, 3),
  island('长峙岛', 'Changzhi Dao', 122.165, 29.972, 3),
  island('鱼山岛', 'Yushan Dao', 121.967, 30.322, 3),
  town('定海', 'Dinghai', 122.105, 30.025, 2),
  town('临城', 'Lincheng', 122.2, 29.993, 2),
  town('沈家门', 'Shenjiamen', 122.298, 29.957, 2),
  town('高亭', 'Gaoting', 122.2, 30.246, 3),
  town('菜园', 'Caiyuan', 122.455, 30.724, 3),
  town('宁波', 'Ningbo', 121.549, 29.875, 1),
  town('北仑', 'Beilun', 121.835, 29.905, 2),
  town('镇海', 'Zhenhai', 121.71, 29.955, 2),
  town('象山', 'Xiangshan', 121.869, 29.476, 2),
]
