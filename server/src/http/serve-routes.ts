import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { findCaller, type Doors } from './find-caller.ts'
import { HttpProblem, problemResponse } from './problem.ts'
import { DEFAULT_BODY_LIMIT, fit, readJson } from './read-request.ts'
import type { Caller, Route, RouteInput, Who } from './route.ts'
import { securityHeaders } from './security-headers.ts'

export interface Api {
  routes: readonly Route[]
  doors: Doors
  version: string
  /** A fault of ours, with its stack: for the log, never for the answer. */
  onFault: (error: unknown) => void
  /** What a feed sent did not get as far as its route: not JSON, too large, or of another shape. */
  onUnreadable: (feedId: string) => void
  /** Anything outside `/api`: the console's files. */
  files: (c: Context) => Promise<Response>
}

/** The HTTP application: one guard, one reader of bodies and one error handler for every route. */
export function serveRoutes({ routes, doors, version, onFault, onUnreadable, files }: Api): OpenAPIHono {
  const app = new OpenAPIHono()
  app.use(securityHeaders)
  for (const each of routes) app.on(each.method.toUpperCase(), each.path, (c) => answer(c, each, doors, onUnreadable))
  app.get('/api/openapi.json', (c) => c.json(describe(app, routes, version)))
  for (const path of new Set([...routes.map((each) => each.path), '/api/openapi.json'])) {
    const methods = routes.filter((each) => each.path === path).map((each) => each.method.toUpperCase())
    const allow = methods.length > 0 ? methods : ['GET']
    app.all(path, (c) => {
      const detail = `${c.req.method} is not offered here`
      return problemResponse(c, new HttpProblem(405, 'wrong-method', detail, { headers: { allow: allow.join(', ') } }))
    })
  }
  app.all('/api/*', (c) => problemResponse(c, new HttpProblem(404, 'unknown-route', 'there is no such route')))
  app.get('*', files)
  app.notFound((c) => problemResponse(c, new HttpProblem(404, 'unknown-route', 'there is nothing here')))
  app.onError((error, c) => {
    if (error instanceof HttpProblem) return problemResponse(c, error)
    onFault(error)
    return problemResponse(c, new HttpProblem(500, 'server-fault', 'the server could not do this'))
  })
  return app
}

/** The caller comes first: whoever may not be here learns nothing about what fits. */
async function answer(
  c: Context,
  spec: Route,
  doors: Doors,
  onUnreadable: (feedId: string) => void,
): Promise<Response> {
  const caller = await findCaller(c, spec.who, doors)
  const input = await readInput(c, spec, caller).catch((error: unknown) => {
    if (caller.kind === 'feed') onUnreadable(caller.feed.id)
    throw error
  })
  return (spec as { handle: (given: typeof input) => Promise<Response> | Response }).handle(input)
}

async function readInput(
  c: Context,
  spec: Route,
  caller: Caller,
): Promise<RouteInput<Who, undefined, undefined, undefined>> {
  const params = spec.params === undefined ? undefined : fit(spec.params, c.req.param(), 'the address')
  const query = spec.query === undefined ? undefined : fit(spec.query, c.req.query(), 'the query')
  const body =
    spec.body === undefined
      ? undefined
      : fit(spec.body, await readJson(c, spec.bodyLimit ?? DEFAULT_BODY_LIMIT), 'the body')
  return { params, query, body, caller, c } as RouteInput<Who, undefined, undefined, undefined>
}

const PROBLEM = {
  description: 'Problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: { type: 'object' as const } } },
}

function describe(app: OpenAPIHono, routes: readonly Route[], version: string): object {
  if (app.openAPIRegistry.definitions.length === 0)
    for (const spec of routes) app.openAPIRegistry.registerPath(describeRoute(spec))
  if (!app.openAPIRegistry.definitions.some((one) => one.type === 'route' && one.route.path === DESCRIPTION.path))
    app.openAPIRegistry.registerPath(DESCRIPTION)
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Skerry', version } })
  return {
    ...document,
    components: {
      ...document.components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'skerry_session' },
        feed: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

const DESCRIPTION = {
  method: 'get' as const,
  path: '/api/openapi.json',
  summary: 'This description of every HTTP route',
  security: [],
  'x-who': 'public',
  responses: {
    200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' as const } } } },
  },
}

type PathConfig = Parameters<OpenAPIHono['openAPIRegistry']['registerPath']>[0]

function describeRoute(spec: Route): PathConfig {
  const { status, schema, media } = spec.answer
  const content =
    schema !== undefined
      ? { 'application/json': { schema } }
      : media !== undefined
        ? { [media]: { schema: { type: 'string' as const, format: 'binary' } } }
        : undefined
  const good = { description: status === 204 ? 'Done' : 'Good answer', ...(content === undefined ? {} : { content }) }
  const security = spec.who === 'public' ? [] : [{ ['feed' in spec.who ? 'feed' : 'session']: [] }]
  return {
    method: spec.method,
    path: spec.path.replace(/:(\w+)/g, '{$1}'),
    summary: spec.summary,
    security,
    'x-who': spec.who,
    request: {
      ...(spec.params === undefined ? {} : { params: spec.params as never }),
      ...(spec.query === undefined ? {} : { query: spec.query as never }),
      ...(spec.body === undefined
        ? {}
        : { body: { required: true, content: { 'application/json': { schema: spec.body } } } }),
    },
    responses: { [status]: good, default: PROBLEM },
  }
}
