import type { CheckpointDeclaration } from '@skerry/contract'

/** A ferry terminal as it works: when boats sail, how many people come. */
export interface Terminal {
  readonly declaration: CheckpointDeclaration
  /** First and last sailing, minutes after midnight (Asia/Shanghai), and minutes between sailings. */
  readonly firstMin: number
  readonly lastMin: number
  readonly everyMin: number
  /** What a boat holds, and what comes on a usual day's busiest hour, per hour. */
  readonly seats: number
  readonly cars: number
  readonly busyPersonsPerHour: number
  readonly busyVehiclesPerHour: number
  /** Some gates count who passes but cannot see their queue. */
  readonly knowsQueue: boolean
}

const at = (id: string, zh: string, en: string, position: readonly [number, number]): CheckpointDeclaration => ({
  id,
  name: { zh, en },
  kind: 'ferry',
  position: [position[0], position[1]],
})
const hm = (hours: number, minutes: number): number => hours * 60 + minutes

/** Terminals of the archipelago, on the shore of the embedded map; timetables are simplified from the public ones. */
export const TERMINALS: readonly Terminal[] = [
  {
    declaration: at('yadanshan', '鸭蛋山码头', 'Yadanshan', [122.0913, 30.0085]),
    firstMin: hm(5, 40),
    lastMin: hm(22, 20),
    everyMin: 20,
    seats: 300,
    cars: 40,
    busyPersonsPerHour: 420,
    busyVehiclesPerHour: 80,
    knowsQueue: true,
  },
  {
    declaration: at('sanjiang', '三江码头', 'Sanjiang', [122.0493, 30.1773]),
    firstMin: hm(6, 0),
    lastMin: hm(18, 30),
    everyMin: 15,
    seats: 260,
    cars: 30,
    busyPersonsPerHour: 620,
    busyVehiclesPerHour: 90,
    knowsQueue: true,
  },
  {
    declaration: at('banshengdong', '沈家门半升洞码头', 'Shenjiamen Banshengdong', [122.3081, 29.9388]),
    firstMin: hm(6, 30),
    lastMin: hm(17, 30),
    everyMin: 30,
    seats: 220,
    cars: 0,
    busyPersonsPerHour: 380,
    busyVehiclesPerHour: 0,
    knowsQueue: true,
  },
  {
    declaration: at('dundou', '沈家门墩头码头', 'Shenjiamen Dundou', [122.3, 29.9438]),
    firstMin: hm(6, 20),
    lastMin: hm(17, 0),
    everyMin: 25,
    seats: 180,
    cars: 8,
    busyPersonsPerHour: 260,
    busyVehiclesPerHour: 12,
    knowsQueue: true,
  },
  {
    declaration: at('wugongzhi', '朱家尖蜈蚣峙码头', 'Zhujiajian Wugongzhi', [122.4055, 29.9449]),
    firstMin: hm(6, 30),
    lastMin: hm(21, 30),
    everyMin: 10,
    seats: 200,
    cars: 0,
    busyPersonsPerHour: 1150,
    busyVehiclesPerHour: 0,
    knowsQueue: true,
  },
  {
    declaration: at('putuoshan', '普陀山客运码头', 'Putuoshan', [122.3861, 29.9772]),
    firstMin: hm(6, 40),
    lastMin: hm(21, 40),
    everyMin: 10,
    seats: 200,
    cars: 0,
    busyPersonsPerHour: 1150,
    busyVehiclesPerHour: 0,
    knowsQueue: true,
  },
  {
    declaration: at('gaoting', '岱山高亭码头', 'Daishan Gaoting', [122.2086, 30.2391]),
    firstMin: hm(5, 50),
    lastMin: hm(18, 20),
    everyMin: 18,
    seats: 260,
    cars: 30,
    busyPersonsPerHour: 540,
    busyVehiclesPerHour: 70,
    knowsQueue: true,
  },
  {
    declaration: at('xiushan', '秀山码头', 'Xiushan', [122.1707, 30.1564]),
    firstMin: hm(6, 30),
    lastMin: hm(17, 40),
    everyMin: 60,
    seats: 160,
    cars: 16,
    busyPersonsPerHour: 90,
    busyVehiclesPerHour: 14,
    knowsQueue: false,
  },
  {
    declaration: at('qushan', '衢山码头', 'Qushan', [122.3029, 30.4228]),
    firstMin: hm(6, 40),
    lastMin: hm(16, 30),
    everyMin: 70,
    seats: 240,
    cars: 24,
    busyPersonsPerHour: 170,
    busyVehiclesPerHour: 20,
    knowsQueue: true,
  },
  {
    declaration: at('lizhushan', '泗礁李柱山码头', 'Sijiao Lizhushan', [122.4379, 30.7126]),
    firstMin: hm(6, 50),
    lastMin: hm(16, 0),
    everyMin: 75,
    seats: 280,
    cars: 20,
    busyPersonsPerHour: 210,
    busyVehiclesPerHour: 16,
    knowsQueue: true,
  },
]
