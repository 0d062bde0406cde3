/** Mobile numbers, identity numbers and vehicle plates of China, as people type them. */
const PATTERN =
  '(?<!\\d)(?:\\+?86[-\\s]?)?1[3-9]\\d[-\\s]?\\d{4}[-\\s]?\\d{4}(?!\\d)|(?<!\\d)\\d{17}[\\dXx](?![\\dXx])|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\\s]?[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])'

/** Whether a text holds what looks like a number of a person. */
export const looksPersonal = (text: string): boolean => new RegExp(PATTERN).test(text)

/** The text without them, and how many there were. */
export function withoutPersonal(text: string): { text: string; removed: number } {
  let removed = 0
  const clean = text.replace(new RegExp(PATTERN, 'g'), () => {
    removed++
    return '▇▇▇'
  })
  return { text: clean, removed }
}
