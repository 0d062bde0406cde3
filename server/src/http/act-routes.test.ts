import { randomUUID } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ActView, type CameraEntry, type CommandDone } from '@skerry/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

const FRAME = Buffer.from('a picture')
/** A camera that shows one picture after the other as long as somebody looks, one that shows a page, one that answers nothing. */
const looking = new Set<ServerResponse>()
const gone = Promise.withResolvers<void>()
const camera = createServer((request, response) => {
  if (request.url === '/page') return void response.setHeader('content-type', 'text/html').end('<script>')
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=f' })
  response.write(`--f\r\ncontent-type: image/png\r\n\r\n`)
  response.write(FRAME)
  looking.add(response)
  response.once('close', () => gone.resolve())
})
let server: TestServer
const as = {} as Record<'dispatcher' | 'coordinator' | 'pilot' | 'observer', string>
beforeAll(async () => {
  await new Promise<void>((resolve) => camera.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(camera.address() as AddressInfo).port}`
  const at = (id: string, shows: CameraEntry['shows'], url: string): CameraEntry => ({
    id,
    label: { zh: '码头', en: 'Pier' },
    position: [122.2, 30],
    shows,
    url,
  })
  server = await startTestServer(undefined, undefined, [
    at('pier', 'picture', `${base}/mjpeg`),
    at('page', 'picture', `${base}/page`),
    at('gate', 'stream', 'rtsp://user:secret@gate.example/1'),
  ])
  for (const role of ['dispatcher', 'coordinator', 'pilot', 'observer'] as const) as[role] = await server.signIn(role)
})
afterAll(async () => {
  await server.stop()
  camera.closeAllConnections()
  camera.close()
})

const give = (who: keyof typeof as, draft: object) =>
  server.send('POST', '/api/commands', { as: as[who], body: { id: randomUUID(), ...draft } })
const codeOf = async (response: Response): Promise<string> => ((await response.json()) as { code: string }).code

async function running(cameraId: string): Promise<{ incidentId: string; act: (what: string) => string }> {
  const incident = { category: 'fire', priority: 'warning', position: [122.2, 30], place: '', text: '', subject: null }
  const made = await give('dispatcher', { type: 'incident.report', ...incident, occurredAtMs: Date.now() - 1000 })
  const incidentId = ((await made.json()) as CommandDone).created[0]!.id
  const ask = { type: 'act.ask', incidentId, target: { kind: 'camera', id: cameraId }, reason: '看火势', minutes: 5 }
  expect((await give('dispatcher', ask)).status).toBe(200)
  const act = (what: string): string => `/api/incidents/${incidentId}/acts/1/${what}`
  expect(await codeOf(await server.send('POST', act('open'), { as: as.dispatcher }))).toBe('act-not-running')
  expect(await codeOf(await give('dispatcher', { type: 'act.approve', incidentId, number: 1 }))).toBe('same-person')
  for (const role of ['pilot', 'observer'] as const)
    expect(await codeOf(await give(role, { type: 'act.approve', incidentId, number: 1 }))).toBe('role-not-allowed')
  expect((await give('coordinator', { type: 'act.approve', incidentId, number: 1 })).status).toBe(200)
  return { incidentId, act }
}

it('passes the picture of a camera on to whoever asked and approved, to nobody else, and breaks it off when the act ends', async () => {
  const { incidentId, act } = await running('pier')
  const open = await server.send('POST', act('open'), { as: as.dispatcher })
  expect(ActView.parse(await open.json())).toEqual({ kind: 'picture', path: act('picture') })
  expect(await codeOf(await server.send('GET', act('picture'), { as: as.pilot }))).toBe('not-owner')
  expect((await server.send('GET', act('picture'), { as: as.observer })).status).toBe(403)

  const picture = await server.send('GET', act('picture'), { as: as.coordinator })
  expect(picture.headers.get('content-type')).toBe('multipart/x-mixed-replace; boundary=f')
  const reader = picture.body!.getReader()
  let text = ''
  while (!text.includes('a picture')) text += Buffer.from((await reader.read()).value!).toString()
  await give('dispatcher', { type: 'act.end', incidentId, number: 1, reason: '看完了' })
  await gone.promise // the line to the camera is cut
  expect(await codeOf(await server.send('GET', act('picture'), { as: as.dispatcher }))).toBe('act-not-running')

  const timeline = await (
    await server.send('GET', `/api/incidents/${incidentId}/timeline`, { as: as.coordinator })
  ).json()
  const typesOf = (lines: unknown) => (lines as { event: { type: string } }[]).map(({ event }) => event.type)
  const types = typesOf(timeline)
  const outside = typesOf(
    await (await server.send('GET', `/api/incidents/${incidentId}/timeline`, { as: as.observer })).json(),
  )
  expect(outside).toEqual(types.filter((type) => !/^(room|act)\./.test(type)))
  expect(types.filter((type) => type.startsWith('act.'))).toEqual([
    'act.asked',
    'act.approved',
    'act.opened',
    'act.opened', // the one who approved watched too, and asked for the picture alone
    'act.ended',
  ])
})

it('records a look at the picture alone, once for each seat, and breaks it off when the session ends', async () => {
  const { incidentId, act } = await running('pier')
  const leaving = await server.signIn('dispatcher')
  const looks = async (): Promise<string[]> => {
    const lines = await (
      await server.send('GET', `/api/incidents/${incidentId}/timeline`, { as: as.coordinator })
    ).json()
    return (lines as { event: { type: string }; actor: { seat: { role: string } } }[])
      .filter(({ event }) => event.type === 'act.opened')
      .map(({ actor }) => actor.seat.role)
  }
  const first = await server.send('GET', act('picture'), { as: leaving })
  for (const who of [leaving, as.coordinator])
    await (await server.send('GET', act('picture'), { as: who })).body!.cancel()
  expect(await looks()).toEqual(['dispatcher', 'coordinator'])
  await server.send('DELETE', '/api/session', { as: leaving })
  const reader = first.body!.getReader()
  while (!(await reader.read()).done);
  expect(await codeOf(await server.send('POST', act('open'), { as: leaving }))).toBe('no-session')
})

it('shows no page for a picture, and tells the address of a stream through an act alone', async () => {
  const { act } = await running('page')
  expect(await codeOf(await server.send('GET', act('picture'), { as: as.dispatcher }))).toBe('camera-silent')
  const stream = await running('gate')
  const open = await server.send('POST', stream.act('open'), { as: as.coordinator })
  expect(ActView.parse(await open.json())).toMatchObject({
    kind: 'stream',
    streams: [{ url: 'rtsp://user:secret@gate.example/1' }],
  })
  const picture = await (await server.send('GET', '/api/picture', { as: as.dispatcher })).text()
  const journal = await (await server.send('GET', '/api/journal?limit=1000', { as: as.coordinator })).text()
  for (const door of [picture, journal]) expect(door).not.toContain('secret')
  expect(picture).toContain('"pier"')
})
