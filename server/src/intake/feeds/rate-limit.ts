/** Token buckets: how many messages each peer, and all of them together, may send. Holds two seconds' worth. */
export interface RateLimit {
  allows(peer: string, nowMs: number): boolean
}

const BURST_S = 2
/** Peers whose buckets are remembered; an address that floods is used often and stays. */
const MOST_PEERS = 4096

interface Bucket {
  tokens: number
  atMs: number
}

export function createRateLimit(perS: { peer: number; feed: number }): RateLimit {
  const peers = new Map<string, Bucket>()
  const whole: Bucket = { tokens: BURST_S * perS.feed, atMs: -Infinity }
  return {
    allows(peer, nowMs) {
      const own = peers.get(peer) ?? { tokens: BURST_S * perS.peer, atMs: nowMs }
      peers.delete(peer)
      peers.set(peer, own)
      const [oldest] = peers.keys()
      if (peers.size > MOST_PEERS && oldest !== undefined) peers.delete(oldest)
      fill(own, perS.peer, nowMs)
      fill(whole, perS.feed, nowMs)
      if (own.tokens < 1 || whole.tokens < 1) return false
      own.tokens--
      whole.tokens--
      return true
    },
  }
}

function fill(bucket: Bucket, perS: number, nowMs: number): void {
  const sinceS = Math.max(0, nowMs - bucket.atMs) / 1000
  bucket.tokens = Math.min(Math.max(1, BURST_S * perS), bucket.tokens + Math.min(BURST_S, sinceS) * perS)
  bucket.atMs = nowMs
}
