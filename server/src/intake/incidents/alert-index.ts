import { CAP_NAMESPACE, childOf, childrenOf, textOf, type XmlNode } from '@skerry/exchange'

/** A message that an index points to. `id` changes when the message does. */
export interface IndexEntry {
  id: string
  url: string
}

const MOST = 500

/** CAP messages that stand inside another document. */
export function messagesIn(node: XmlNode): XmlNode[] {
  if (node.name === 'alert' && node.namespace === CAP_NAMESPACE) return [node]
  return node.children.flatMap(messagesIn).slice(0, MOST)
}

/**
 * Messages that an Atom or RSS index points to, as warning services publish them; null where it is no index.
 * @param base address of the index itself
 */
export function entriesOf(root: XmlNode, base: string): IndexEntry[] | null {
  const entries =
    root.name === 'feed'
      ? childrenOf(root, 'entry').map(atomEntry)
      : root.name === 'rss'
        ? childrenOf(childOf(root, 'channel'), 'item').map(rssItem)
        : null
  return (
    entries?.slice(0, MOST).flatMap(({ id, url }) => {
      const whole = URL.canParse(url, base) ? new URL(url, base) : null
      return whole === null || !/^https?:$/.test(whole.protocol) ? [] : [{ id, url: whole.href }]
    }) ?? null
  )
}

function atomEntry(entry: XmlNode): IndexEntry {
  const links = childrenOf(entry, 'link')
  const cap = links.find(({ attributes }) => attributes.get('type') === 'application/cap+xml') ?? links[0]
  const url = cap?.attributes.get('href') ?? ''
  return { id: `${textOf(entry, 'id') ?? url} ${textOf(entry, 'updated') ?? ''}`, url }
}

function rssItem(item: XmlNode): IndexEntry {
  const url = textOf(item, 'link') ?? ''
  return { id: `${textOf(item, 'guid') ?? url} ${textOf(item, 'pubDate') ?? ''}`, url }
}
