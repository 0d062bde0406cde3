/// <reference types="vite/client" />
// The gallery: pick a layer, see it in both themes with every variant, read its props.
import { Deck } from '@deck.gl/core'
import type { Theme } from '../src/index.ts'
import { EXHIBITS, type Exhibit } from './exhibits.ts'
import { propRows } from './props-table.ts'
import { CENTRE } from './samples.ts'

const sources = import.meta.glob<string>('../src/*/*-layer*.ts', { query: '?raw', import: 'default', eager: true })

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`the page has no ${selector}`)
  return found
}

const [nav, map, about] = [element('nav'), element('#map'), element('#about')]
const themeOf = (): Theme => (location.hash.endsWith('/day') ? 'day' : 'night')
const exhibitOf = (): Exhibit => EXHIBITS.find(({ name }) => location.hash.startsWith(`#${name}`)) ?? EXHIBITS[0]!

function make(tag: string, text: string, attributes: Record<string, string> = {}): HTMLElement {
  const made = document.createElement(tag)
  made.textContent = text
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}

function table(exhibit: Exhibit): HTMLElement {
  const made = make('table', '')
  const row = (tag: string, cells: string[]): void => {
    const line = make('tr', '')
    line.append(...cells.map((cell) => make(tag, cell)))
    made.append(line)
  }
  row('th', ['prop', 'type', 'default', ''])
  for (const prop of propRows(sources[`../src/${exhibit.file}`] ?? '', `${exhibit.name}Props`))
    row('td', [prop.name, prop.type, prop.default, prop.about])
  return made
}

const deck = new Deck({ parent: map as HTMLDivElement, controller: true, layers: [] })

function show(): void {
  const theme = themeOf()
  const exhibit = exhibitOf()
  document.documentElement.classList.toggle('day', theme === 'day')
  deck.setProps({
    initialViewState: { longitude: CENTRE[0], latitude: CENTRE[1], zoom: exhibit.zoom },
    layers: exhibit.build(theme),
  })
  nav.replaceChildren(
    make('a', theme === 'day' ? 'to night' : 'to day', {
      href: `#${exhibit.name}/${theme === 'day' ? 'night' : 'day'}`,
    }),
    ...EXHIBITS.map(({ name }) =>
      make('a', name, { href: `#${name}/${theme}`, ...(name === exhibit.name ? { 'aria-current': 'page' } : {}) }),
    ),
  )
  about.replaceChildren(make('h2', exhibit.name), table(exhibit))
}

addEventListener('hashchange', show)
show()
