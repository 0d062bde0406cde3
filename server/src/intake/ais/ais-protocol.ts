import { lineFramer } from '../feeds/framer.ts'
import { faulty, IGNORED, NOTHING, observed, type Decoded, type MessageFault } from '../feeds/observation.ts'
import type { StreamProtocol } from '../feeds/session.ts'
import { createAssembler, type Assembled } from './assemble.ts'

/** AIVDM lines of a receiver, a plotter or an aggregator. */
export const aisProtocol = (messageBytes: number): StreamProtocol => ({
  framer: () => lineFramer(messageBytes),
  session: () => {
    const assembler = createAssembler()
    const read = (line: string, nowMs: number): Decoded => {
      if (line.startsWith('#')) return IGNORED // a comment in a recorded log
      const { result, givenUp } = assembler.line(line, nowMs)
      const decoded = decodedOf(result, nowMs)
      return givenUp === 0
        ? decoded
        : { ...decoded, faults: [...decoded.faults, ...Array<MessageFault>(givenUp).fill('malformed')] }
    }
    return { message: (bytes, nowMs) => ({ decoded: read(Buffer.from(bytes).toString('latin1'), nowMs) }) }
  },
})

function decodedOf(result: Assembled['result'], nowMs: number): Decoded {
  if (result === 'part') return NOTHING
  if (result === 'other') return IGNORED
  if (typeof result === 'string') return faulty(result)
  const { message, tagAtMs } = result
  if (message.position === null && message.identity === null && message.safety === null) return IGNORED
  return observed({ kind: 'vessel', message, heardAtMs: tagAtMs ?? nowMs })
}
