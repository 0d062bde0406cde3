import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What Node's TLS servers take. With a `ca`, clients must show a certificate of it. */
export interface TlsFiles {
  cert: string
  key: string
  ca?: string
  requestCert?: true
  rejectUnauthorized?: true
  minVersion: 'TLSv1.2'
}

/** @throws Error of one line that names the field whose file cannot be read */
export async function readTls(
  given: { cert: string; key: string; clientCa?: string | undefined } | undefined,
  folder: string,
): Promise<TlsFiles | null> {
  if (given === undefined) return null
  const read = readerIn(folder)
  const [cert, key] = await Promise.all([read('cert', given.cert), read('key', given.key)])
  const own = { cert, key, minVersion: 'TLSv1.2' as const }
  if (given.clientCa === undefined) return own
  return { ...own, ca: await read('clientCa', given.clientCa), requestCert: true, rejectUnauthorized: true }
}

/** Own certificate and the authority of the server's. @throws as `readTls` */
export async function readDialTls(
  given: { cert: string; key: string; serverCa: string } | undefined,
  folder: string,
): Promise<TlsFiles | null> {
  if (given === undefined) return null
  const read = readerIn(folder)
  const [cert, key, ca] = await Promise.all([
    read('cert', given.cert),
    read('key', given.key),
    read('serverCa', given.serverCa),
  ])
  return { cert, key, ca, minVersion: 'TLSv1.2' }
}

const readerIn =
  (folder: string) =>
  (field: string, file: string): Promise<string> =>
    readPem(`tls.${field}`, file, folder)

/** One PEM file. @throws Error of one line that names the field */
export async function readPem(field: string, file: string, folder: string): Promise<string> {
  try {
    return await readFile(path.resolve(folder, file), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    throw new Error(`${field}: ${file} cannot be read: ${code}`, { cause: error })
  }
}
