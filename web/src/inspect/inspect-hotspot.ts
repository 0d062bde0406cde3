import type { Inspection, Known } from './facts.ts'

/** What a hotspot cell says: a statistic over incidents, not a place where something is. */
export function inspectHotspot(id: string, { hotspots, t }: Known): Inspection | null {
  const cell = hotspots.find((one) => one.cell === id)
  if (cell === undefined) return null
  return {
    thing: { kind: 'hotspot', id },
    title: t('domain.thing.hotspot'),
    subtitle: t('inspect.hotspotExplain'),
    position: cell.centre,
    facts: [
      { label: 'inspect.hotspotZ', value: cell.z.toFixed(1) },
      { label: 'inspect.hotspotCount', value: String(cell.near) },
      { label: 'inspect.hotspotExpected', value: cell.expected.toFixed(1) },
    ],
    ages: [],
  }
}
