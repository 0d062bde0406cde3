import { decodeGrid, LIVE_NAMESPACE } from '@skerry/contract'
import { io } from 'socket.io-client'
import { inject, onScopeDispose, watchEffect, type App, type InjectionKey } from 'vue'
import type { Topic } from '@skerry/contract'
import { guestLink } from '../api/guest-link.ts'
import { useConsignmentPlaces } from '../stores/consignments.ts'
import { useDrones } from '../stores/drones.ts'
import { useFeed } from '../stores/feed.ts'
import { useHealth } from '../stores/health.ts'
import { createMovers, type Movers } from '../stores/movers.ts'
import { usePicture } from '../stores/picture.ts'
import { useSailings } from '../stores/sailings.ts'
import { useSearchMaps } from '../stores/searches.ts'
import { useSession } from '../stores/session.ts'
import { createLiveFeed, type FeedSocket, type LiveFeed } from './live-feed.ts'

export interface Live {
  feed: LiveFeed
  movers: Movers
}
const LIVE: InjectionKey<Live> = Symbol('live')

/** Wires the socket to the stores, once for the application. The stores know nothing of it. */
export function provideFeed(app: App): Live {
  const movers = createMovers()
  const picture = usePicture()
  const feedStore = useFeed()
  const maps = useSearchMaps()
  const socket = io(LIVE_NAMESPACE, {
    autoConnect: false,
    reconnection: false, // the feed has its own, which knows about ages and sessions
    transports: ['websocket'],
    timeout: 4000,
    withCredentials: true,
    auth: (give) => give(guestLink() === null ? {} : { guest: guestLink() }),
  })
  const feed = createLiveFeed(
    {
      socket: socket as unknown as FeedSocket,
      nowMs: () => performance.now(),
      random: Math.random,
      after: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    },
    {
      snapshot: picture.takeSnapshot,
      updates: picture.takeUpdates,
      motion: (bytes) => feed.again(movers.take(bytes)),
      left: movers.forget,
      drones: useDrones().take,
      checkpoints: picture.takeCheckpoints,
      sailings: useSailings().take,
      consignments: useConsignmentPlaces().take,
      grid: (searchId, bytes) => maps.takeGrid(searchId, decodeGrid(new Uint8Array(bytes))),
      readings: maps.takeReadings,
      health: useHealth().take,
      facts: feedStore.takeFacts,
      serverClock: feedStore.takeServerClock,
      refused: () => void useSession().restore(),
    },
  )
  const live = { feed, movers }
  app.provide(LIVE, live)
  return live
}

/** The feed and the movers of this application. */
export function useLive(): Live {
  const live = inject(LIVE)
  if (live === undefined) throw new Error('useLive() outside the console application')
  return live
}

/** Joins topics as long as the calling component lives; `topics` may read reactive state. */
export function useTopics(part: string, topics: () => readonly Topic[]): void {
  const { feed } = useLive()
  watchEffect(() => feed.want(part, topics()))
  onScopeDispose(() => feed.want(part, []))
}
