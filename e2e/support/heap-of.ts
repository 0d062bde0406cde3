import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession } from '@playwright/test'

/** Heap in use after a full collection, bytes; of a page also what hangs on it. */
export interface PageHeap {
  heapBytes: number
  nodes: number
  listeners: number
}

export async function pageHeap(cdp: CDPSession): Promise<PageHeap> {
  // Twice: what a finalizer lets go of is collected the second time.
  for (let i = 0; i < 2; i++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters')
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners }
}

const INSPECTOR = 'http://127.0.0.1:9229/json/list'

/** The inspector of a running Node, opened by its signal. Rejects where another process has its port. */
export async function nodeHeap(pid: number): Promise<{ heapBytes: () => Promise<number>; close: () => void }> {
  process.kill(pid, 'SIGUSR1')
  const socket = new WebSocket(await debuggerUrl())
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('the inspector did not answer')))
  })
  let last = 0
  const answers = new Map<number, (result: unknown) => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id?: number; result?: unknown }
    if (id !== undefined) answers.get(id)?.(result)
  })
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      const id = ++last
      answers.set(id, resolve)
      socket.send(JSON.stringify({ id, method, params }))
    })
  const { result } = (await ask('Runtime.evaluate', { expression: 'process.pid' })) as { result: { value: number } }
  if (result.value !== pid) throw new Error(`the inspector is that of process ${result.value}`)
  return {
    async heapBytes() {
      for (let i = 0; i < 2; i++) await ask('HeapProfiler.collectGarbage')
      return ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize
    },
    close: () => socket.close(),
  }
}

async function debuggerUrl(): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      const [target] = (await (await fetch(INSPECTOR)).json()) as { webSocketDebuggerUrl: string }[]
      return target!.webSocketDebuggerUrl
    } catch (error) {
      if (tries > 40) throw error
      await sleep(250)
    }
  }
}

/** Slope of a straight line through points by least squares, units of y for one of x; 0 of fewer than two. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const n = points.length
  if (n < 2) return 0
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / n
  const [mx, my] = [mean(0), mean(1)]
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread
}
