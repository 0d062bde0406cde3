/** Text as it may stand in an attribute or between tags; characters that XML 1.0 has no place for are left out. */
export const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** `<name>text</name>`, or nothing where there is none. */
export const element = (name: string, text: string | null): string =>
  text === null ? '' : `<${name}>${xmlText(text)}</${name}>`
