import type { z } from 'zod'

/**
 * Reads a configuration file: JSON that a person wrote. Throws an Error of one line that names the field of the file and
 * what it must be.
 */
export function readConfigText<T>(text: string, schema: z.ZodType<T>): T {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Error(`is not JSON: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`, {
      cause: error,
    })
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = (issue?.path ?? []).reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : `${path}${path === '' ? '' : '.'}${String(part)}`),
    '',
  )
  throw new Error(`${field === '' ? 'the file' : field}: ${issue?.message ?? 'wrong'}`)
}
