/** One prop of a layer, as its docstring tells it. */
export interface PropRow {
  name: string
  type: string
  default: string
  about: string
}

/** Props that mean the same in every layer, and are not explained anew in each. */
const SHARED: Readonly<Record<string, string>> = {
  data: 'What is drawn, an object each; a new array for every change.',
  theme: 'Colours for a dark map or a light one.',
  stale: "The console's own feed is lost: everything grey.",
}

/**
 * Props of the interface `name` in a TypeScript source: the docstrings are the only place where they are written down.
 * An interface that is not in the source has no rows.
 */
export function propRows(source: string, name: string): PropRow[] {
  const body = new RegExp(`export interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(source)?.[1] ?? ''
  const member = /(?:\/\*\*([\s\S]*?)\*\/\s*)?^ {2}(\w+)\??: (.+)$/gm
  return [...body.matchAll(member)].map(([, comment = '', prop = '', type = '']) => {
    const words = comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim()
    const [about = '', standard = ''] = words.split('@default')
    return { name: prop, type: type.trim(), default: standard.trim(), about: about.trim() || (SHARED[prop] ?? '') }
  })
}
