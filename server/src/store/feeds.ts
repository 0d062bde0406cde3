import { FeedScope } from '@skerry/contract'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from './tables.ts'

/** A machine that may write: one token, the scopes it was given and nothing else. */
export interface Feed {
  id: string
  scopes: FeedScope[]
  createdAtMs: number
}

export interface FeedStore {
  list(): Promise<Feed[]>
  findByToken(tokenHash: string): Promise<Feed | null>
  /** False when there is a feed of that id already. */
  create(feed: Feed, tokenHash: string): Promise<boolean>
  /** Makes it, or gives it these scopes and this token. */
  put(feed: Feed, tokenHash: string): Promise<void>
  /** False when there is none of that id. */
  remove(id: string): Promise<boolean>
}

const Scopes = z.array(FeedScope)
const toFeed = (row: { id: string; scopes: string; created_at_ms: number }): Feed => ({
  id: row.id,
  scopes: Scopes.parse(JSON.parse(row.scopes)),
  createdAtMs: row.created_at_ms,
})

export function storedFeeds(db: Kysely<Tables>): FeedStore {
  const toRow = (feed: Feed, tokenHash: string): Tables['feeds'] => ({
    id: feed.id,
    scopes: JSON.stringify(feed.scopes),
    token_hash: tokenHash,
    created_at_ms: feed.createdAtMs,
  })
  return {
    async list() {
      return (await db.selectFrom('feeds').selectAll().orderBy('id').execute()).map(toFeed)
    },
    async findByToken(tokenHash) {
      const row = await db.selectFrom('feeds').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()
      return row === undefined ? null : toFeed(row)
    },
    async create(feed, tokenHash) {
      const done = await db
        .insertInto('feeds')
        .values(toRow(feed, tokenHash))
        .onConflict((on) => on.column('id').doNothing())
        .executeTakeFirst()
      return done.numInsertedOrUpdatedRows === 1n
    },
    async put(feed, tokenHash) {
      const { scopes, token_hash } = toRow(feed, tokenHash)
      await db
        .insertInto('feeds')
        .values(toRow(feed, tokenHash))
        .onConflict((on) => on.column('id').doUpdateSet({ scopes, token_hash }))
        .execute()
    },
    async remove(id) {
      const done = await db.deleteFrom('feeds').where('id', '=', id).executeTakeFirst()
      return done.numDeletedRows === 1n
    },
  }
}
