import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Certificates of a test authority, made with openssl: `own` for 127.0.0.1, and `stranger` that signed itself. */
export interface TestCertificates {
  file(name: `${'ca' | 'own' | 'stranger'}.${'pem' | 'key'}`): string
  read(name: 'ca' | 'own' | 'stranger'): { cert: string; key: string }
  remove(): void
}

/** Null where there is no openssl. */
export function makeCertificates(): TestCertificates | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'skerry-certificates-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const selfSigned = (name: string) =>
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
    )
  try {
    selfSigned('ca')
    selfSigned('stranger')
    const name = ['-subj', '/CN=own', '-addext', 'subjectAltName=IP:127.0.0.1']
    openssl('req', ...newKey, ...name, '-keyout', 'own.key', '-out', 'own.csr')
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-copy_extensions', 'copy']
    openssl('x509', '-req', '-in', 'own.csr', ...signed, '-out', 'own.pem')
  } catch {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  const file = (name: string): string => path.join(folder, name)
  return {
    file,
    read: (name) => ({
      cert: readFileSync(file(`${name}.pem`), 'utf8'),
      key: readFileSync(file(`${name}.key`), 'utf8'),
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
