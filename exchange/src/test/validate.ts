import { readFileSync } from 'node:fs'
import path from 'node:path'
import { validateXML } from 'xmllint-wasm'

const SCHEMAS = path.resolve(import.meta.dirname, '../../test-schemas')

/** What libxml2 says about a document against one of the schemas beside this package; empty when it is valid. */
export async function schemaFaults(xml: string, schema: string): Promise<string[]> {
  const { errors } = await validateXML({ xml, schema: readFileSync(path.join(SCHEMAS, schema), 'utf8') })
  return errors.map(({ rawMessage }) => rawMessage)
}
