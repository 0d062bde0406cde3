import type { FeedScope, Role, Seat } from '@skerry/contract'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Feed } from '../store/feeds.ts'

/** Who may call a route: anybody, these roles, or a feed with this scope. Every route says; a test walks them all. */
export type Who = 'public' | readonly Role[] | { feed: FeedScope }

/** Who is calling, as the guard found out. */
export type Caller = { kind: 'nobody' } | { kind: 'seat'; seat: Seat; token: string } | { kind: 'feed'; feed: Feed }

type Schema = z.ZodType | undefined
type Of<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined
type CallerOf<W extends Who> = W extends 'public'
  ? Caller
  : W extends readonly Role[]
    ? Extract<Caller, { kind: 'seat' }>
    : Extract<Caller, { kind: 'feed' }>

export interface RouteInput<W extends Who, P extends Schema, Q extends Schema, B extends Schema> {
  params: Of<P>
  query: Of<Q>
  body: Of<B>
  caller: CallerOf<W>
  /** For what is not worth a schema: headers, the address of the caller. */
  c: Context
}

/** One route of the API, as it is served and as it is described. */
export interface RouteSpec<W extends Who, P extends Schema, Q extends Schema, B extends Schema> {
  method: 'get' | 'post' | 'put' | 'delete'
  /** With `:name` parameters. */
  path: string
  who: W
  summary: string
  params?: P
  query?: Q
  body?: B
  /** Largest body, bytes; 1 MB when it is not said. */
  bodyLimit?: number
  /** What a good answer is: a schema (JSON), a media type (anything else), or nothing (204). */
  answer: { status: 200 | 201 | 204; schema?: z.ZodType; media?: string }
  handle: (input: RouteInput<W, P, Q, B>) => Promise<Response> | Response
}

/** A route whose types have done their work. */
export type Route = RouteSpec<Who, Schema, Schema, Schema>

/** Checks a route's parts against one another, and gives it to the registry. */
export function route<
  const W extends Who,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(spec: RouteSpec<W, P, Q, B>): Route {
  return spec as unknown as Route
}
