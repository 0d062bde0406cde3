import { propRows } from './props-table.ts'

/** What a page needs to know of an exhibit. */
export interface Shown {
  readonly name: string
  /** Source file below `src`, where the props are documented. */
  readonly file: string
}

/** Where the picture of a layer in a theme lies, from the page. */
export const pictureOf = (name: string, theme: 'night' | 'day'): string => `${name}-${theme}.png`

const cell = (text: string): string => text.replaceAll('|', '\\|')

/**
 * The page about all layers, in Markdown: of each its picture in both themes and its props with type, unit and default, as
 * the docstrings tell them, which are the only place where they are written down.
 * @param sourceOf text of a source file below `src`
 */
export function layerPages(shown: readonly Shown[], sourceOf: (file: string) => string): string {
  const one = ({ name, file }: Shown): string[] => {
    const source = sourceOf(file)
    return [
      `## ${name}`,
      '',
      `\`layers/src/${file}\``,
      '',
      `![${name} at night](${pictureOf(name, 'night')}) ![${name} by day](${pictureOf(name, 'day')})`,
      '',
      '| prop | type | default | |',
      '| --- | --- | --- | --- |',
      ...propRows(source, `${name}Props`).map(
        (row) => `| \`${row.name}\` | \`${cell(row.type)}\` | ${cell(row.default)} | ${cell(row.about)} |`,
      ),
      '',
    ]
  }
  return [
    '# The layers, one by one',
    '',
    'Written from the docstrings; pictures from the gallery (`npm run gallery` in `layers`). Positions are `[longitude, latitude]` in degrees, WGS-84; sizes in pixels of the screen unless a name ends in its unit. What several of them share stands in the [README of the package](../../layers/README.md).',
    '',
    ...shown.flatMap(one),
  ].join('\n')
}
