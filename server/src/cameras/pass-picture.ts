/** What a camera may answer with: a picture, or pictures one after the other. Nothing that a browser would run. */
const SHOWN = /^(image\/(?!svg)[\w.+-]+|multipart\/x-mixed-replace)(;|$)/i
/** A camera that has not begun to answer after so long does not, ms. */
const BEGIN_MS = 5000

export type PassedPicture =
  | { ok: true; type: string; body: ReadableStream<Uint8Array> }
  | { ok: false; why: 'silent' | 'no-picture' }

/**
 * Asks a camera for its picture and gives what it sends as it comes, until `ended`. It is not followed anywhere else: an
 * address that redirects is no picture.
 */
export async function passPicture(
  address: string,
  ended: AbortSignal,
  fetcher: typeof fetch = fetch,
): Promise<PassedPicture> {
  const begin = new AbortController()
  const timer = setTimeout(() => begin.abort(), BEGIN_MS)
  try {
    const answer = await fetcher(address, { redirect: 'error', signal: AbortSignal.any([ended, begin.signal]) })
    const type = answer.headers.get('content-type') ?? ''
    if (!answer.ok || answer.body === null || !SHOWN.test(type)) {
      await answer.body?.cancel()
      return { ok: false, why: 'no-picture' }
    }
    return { ok: true, type, body: answer.body }
  } catch {
    return { ok: false, why: 'silent' }
  } finally {
    clearTimeout(timer)
  }
}
