import { Crossings, type VesselKind } from '@skerry/contract'

const VESSELS: Readonly<Record<string, { vessel: VesselKind; vehicles: boolean }>> = {
  普通: { vessel: 'ordinary', vehicles: false },
  车客渡轮: { vessel: 'car-ferry', vehicles: true },
  高速船: { vessel: 'fast', vehicles: false },
  高速轮: { vessel: 'fast', vehicles: false },
  快艇: { vessel: 'speedboat', vehicles: false },
}
const COLUMNS = ['from', 'to', 'vessel_kind', 'depart_local'] as const

export interface ReadTimetable {
  crossings: Crossings
  departures: number
  /** Rows that were not taken, with the reason, by their line in the file. */
  refused: { line: number; reason: string }[]
}

/**
 * Puts the sailings of a timetable (CSV with the columns from, to, vessel_kind, depart_local; no quoted fields) in the
 * place of those of a crossings file. Terminals are found by name or alias; what cannot be placed is listed, not dropped.
 * @param asOf day of the timetable, `yyyy-mm-dd`, or null where nobody knows it
 */
export function withTimetable(crossings: Crossings, csv: string, asOf: string | null): ReadTimetable {
  const [head = '', ...rows] = csv.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = head.split(',').map((name) => name.replace(/\(.*\)$/, '').trim())
  const [from, to, kind, time] = COLUMNS.map((name) => columns.indexOf(name))
  if (from! < 0 || to! < 0 || kind! < 0 || time! < 0)
    throw new Error(`the timetable needs the columns ${COLUMNS.join(', ')}`)
  const byName = new Map(
    crossings.terminals.flatMap(({ id, name, aliases = [] }) =>
      [name.zh, name.en, ...aliases].map((each) => [each, id]),
    ),
  )
  const lines = new Map<string, Crossings['lines'][number] & { service: { departures: string[] } }>()
  const refused: ReadTimetable['refused'] = []
  let departures = 0
  rows.forEach((row, i) => {
    if (row.trim() === '') return
    const cells = row.split(',').map((cell) => cell.trim())
    const [a, b] = [byName.get(cells[from!] ?? ''), byName.get(cells[to!] ?? '')]
    const vessel = VESSELS[cells[kind!] ?? '']
    const at = cells[time!] ?? ''
    const reason =
      a === undefined
        ? `no terminal ${cells[from!]}`
        : b === undefined
          ? `no terminal ${cells[to!]}`
          : vessel === undefined
            ? `no vessel kind ${cells[kind!]}`
            : /^([01]\d|2[0-3]):[0-5]\d$/.test(at)
              ? null
              : `no time ${at}`
    if (reason !== null) return void refused.push({ line: i + 2, reason })
    const key = `${a} ${b} ${vessel!.vessel}`
    const known = lines.get(key)
    departures++
    if (known) known.service.departures.push(at)
    else
      lines.set(key, {
        from: a!,
        to: b!,
        ...vessel!,
        both: false,
        service: { departures: [at] },
        crossingMin: null,
        asOf,
      })
  })
  return { crossings: Crossings.parse({ ...crossings, lines: [...lines.values()] }), departures, refused }
}
