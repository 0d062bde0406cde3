import { categoryNamed, levelOf, type Dictionary, type MemberKey } from '@skerry/contract'
import { RECORD_WORDS, type RecordLang } from './record-words.ts'
import type { RecordedMessage, RoomRecord } from './room-record.ts'

export interface RenderContext {
  lang: RecordLang
  dictionary: Dictionary
  exportedAtMs: number
  exportedBy: string
}

/** A document before it is Markdown or HTML: headings, lines, tables. Every cell is plain text. */
type Block =
  | { kind: 'title' | 'heading'; text: string }
  | { kind: 'facts'; rows: [string, string][] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'line'; text: string }
  | { kind: 'message'; head: string; text: string; receipts: string[] }

const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})
/** `2026-11-22 14:03:27`, China time. */
export const timeText = (atMs: number): string => TIME.format(atMs)

export const asMarkdown = (record: RoomRecord, ctx: RenderContext): string => {
  const cell = (text: string): string => markdown(text).replaceAll('|', '\\|')
  return `${blocksOf(record, ctx)
    .map((block) => {
      switch (block.kind) {
        case 'title':
          return `# ${markdown(block.text)}`
        case 'heading':
          return `## ${markdown(block.text)}`
        case 'line':
          return markdown(block.text)
        case 'facts':
          return block.rows.map(([name, value]) => `- **${markdown(name)}**: ${markdown(value)}`).join('\n')
        case 'table':
          return [block.head, block.head.map(() => '---'), ...block.rows]
            .map((row, i) => `| ${row.map((text) => (i === 1 ? text : cell(text))).join(' | ')} |`)
            .join('\n')
        case 'message':
          return [
            `**${markdown(block.head)}**`,
            '',
            ...block.text.split('\n').map((line) => `> ${markdown(line)}`),
            '',
            ...block.receipts.map((line) => `- ${markdown(line)}`),
          ].join('\n')
      }
    })
    .join('\n\n')}\n`
}

export const asHtml = (record: RoomRecord, ctx: RenderContext): string => {
  const body = blocksOf(record, ctx)
    .map((block) => {
      switch (block.kind) {
        case 'title':
          return `<h1>${html(block.text)}</h1>`
        case 'heading':
          return `<h2>${html(block.text)}</h2>`
        case 'line':
          return `<p>${html(block.text)}</p>`
        case 'facts':
          return `<dl>${block.rows.map(([name, value]) => `<dt>${html(name)}</dt><dd>${html(value)}</dd>`).join('')}</dl>`
        case 'table': {
          const row = (cells: string[], tag: 'th' | 'td'): string =>
            `<tr>${cells.map((text) => `<${tag}>${html(text)}</${tag}>`).join('')}</tr>`
          return `<table><thead>${row(block.head, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
        }
        case 'message':
          return `<article><h3>${html(block.head)}</h3><p class="text">${html(block.text)}</p><ul>${block.receipts.map((line) => `<li>${html(line)}</li>`).join('')}</ul></article>`
      }
    })
    .join('\n')
  const title = `${RECORD_WORDS[ctx.lang].title} #${record.incident.number}`
  return `<!doctype html>
<html lang="${ctx.lang === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8">
<title>${html(title)}</title>
<style>${STYLE}</style>
${body}
</html>
`
}

const STYLE =
  'body{max-width:60em;margin:2em auto;padding:0 1em;font:16px/1.5 system-ui,"Noto Sans SC",sans-serif;color:#15242b}' +
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #c3ced3;padding:4px 8px;text-align:left;vertical-align:top}' +
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 1em}dd{margin:0}article{border-left:4px solid #c3ced3;padding-left:1em;margin:1em 0}' +
  'h3{font-size:1em;margin:0}.text{white-space:pre-wrap;margin:.2em 0}ul{margin:0;color:#4c6069;font-size:.9em}'

/** None were written, or they are gone: that is not the same. */
const noMessages = ({ purged }: RoomRecord, { lang }: RenderContext): string =>
  purged.some(({ rules }) => rules.includes('messages')) ? RECORD_WORDS[lang].gone : RECORD_WORDS[lang].none

function blocksOf(record: RoomRecord, ctx: RenderContext): Block[] {
  const w = RECORD_WORDS[ctx.lang]
  const { incident } = record
  const category = categoryNamed(ctx.dictionary, incident.category)?.name[ctx.lang] ?? incident.category
  const level = levelOf(ctx.dictionary, incident)?.name[ctx.lang] ?? incident.level ?? incident.priority
  const [lng, lat] = incident.position
  const optional = (name: string, value: string | null): [string, string][] => (value === null ? [] : [[name, value]])
  return [
    { kind: 'title', text: `${w.title} #${incident.number}` },
    {
      kind: 'facts',
      rows: [
        [w.incident, `#${incident.number} ${category}`],
        [w.level, level],
        [w.place, incident.place],
        [w.position, `${lat!.toFixed(5)} ${lng!.toFixed(5)}`],
        [w.occurred, timeText(incident.occurredAtMs)],
        [w.received, timeText(incident.receivedAtMs)],
        ...optional(w.closed, incident.closedAtMs === null ? null : timeText(incident.closedAtMs)),
        ...optional(w.outcome, incident.outcome),
        [w.said, incident.text === '' ? w.none : incident.text],
        [w.exported, `${timeText(ctx.exportedAtMs)} ${w.by} ${ctx.exportedBy}`],
      ],
    },
    ...(record.removed === 0
      ? []
      : [{ kind: 'line' as const, text: w.removed.replace('{n}', String(record.removed)) }]),
    ...record.purged.map(({ atMs, rules }) => ({
      kind: 'line' as const,
      text: `${w.purged} ${timeText(atMs)}: ${rules.map((rule) => w.purgedRules[rule]).join(', ')}`,
    })),
    { kind: 'heading', text: w.members },
    membersTable(record, ctx),
    { kind: 'heading', text: w.messages },
    ...(record.messages.length === 0 ? [{ kind: 'line' as const, text: noMessages(record, ctx) }] : []),
    ...record.messages.map((message) => messageBlock(record, message, ctx)),
    { kind: 'heading', text: w.checklist },
    checklistTable(record, ctx),
    { kind: 'heading', text: w.rolls },
    ...rollBlocks(record, ctx),
    { kind: 'heading', text: w.support },
    ...supportBlocks(record, ctx),
  ]
}

function nameOf(record: RoomRecord, key: MemberKey, lang: RecordLang): string {
  const w = RECORD_WORDS[lang]
  const stay = record.stays.find((one) => one.key === key)
  if (stay?.kind !== 'desk') return stay?.name ?? key
  const role = stay.name in w.roles ? w.roles[stay.name as keyof typeof w.roles] : stay.name
  return lang === 'zh' ? `${role}${w.desk}` : `${role} ${w.desk}`
}

function membersTable(record: RoomRecord, { lang, dictionary }: RenderContext): Block {
  const w = RECORD_WORDS[lang]
  return {
    kind: 'table',
    head: [w.member, w.kind, w.came, w.left, w.why],
    rows: record.stays.map((stay) => {
      const adviser = dictionary.advisers.find(({ id }) => id === stay.adviser)?.name[lang]
      const kind = w.kinds[stay.kind as keyof typeof w.kinds] ?? stay.kind
      const because = stay.leftBecause ?? ''
      return [
        nameOf(record, stay.key, lang),
        [adviser ?? kind, ...(stay.mayWrite ? [] : [w.readOnly])].join(', '),
        timeText(stay.joinedAtMs),
        stay.leftAtMs === null
          ? stay.untilMs === null
            ? ''
            : `${w.until} ${timeText(stay.untilMs)}`
          : timeText(stay.leftAtMs),
        [stay.rule ?? '', because in w.reasons ? w.reasons[because as keyof typeof w.reasons] : because]
          .filter((part) => part !== '')
          .join('; '),
      ]
    }),
  }
}

function messageBlock(record: RoomRecord, message: RecordedMessage, { lang }: RenderContext): Block {
  const w = RECORD_WORDS[lang]
  const at = (word: string, atMs: number | null): string =>
    atMs === null ? (lang === 'zh' ? `${w.not}${word}` : `${w.not} ${word}`) : `${word} ${timeText(atMs)}`
  return {
    kind: 'message',
    head: [
      `${message.number}. ${timeText(message.atMs)} ${message.from.name}`,
      ...(message.urgent ? [w.urgent] : []),
    ].join(' · '),
    text: message.text,
    receipts: message.receipts.map(({ member, deliveredAtMs, readAtMs, acknowledged }) =>
      [
        nameOf(record, member, lang),
        at(w.delivered, deliveredAtMs),
        at(w.read, readAtMs),
        ...(message.owed.includes(member)
          ? [
              acknowledged === null
                ? at(w.acknowledged, null)
                : `${at(w.acknowledged, acknowledged.atMs)} (${acknowledged.by}${acknowledged.byRadio ? `, ${w.radio}` : ''})`,
            ]
          : []),
      ].join(' · '),
    ),
  }
}

function checklistTable(record: RoomRecord, { lang }: RenderContext): Block {
  const w = RECORD_WORDS[lang]
  return {
    kind: 'table',
    head: [w.point, w.state],
    rows: record.checklist.map(({ name, steps }) => [
      name[lang],
      steps.length === 0
        ? w.open
        : steps
            .map(({ atMs, as, by, reason }) =>
              [
                w[as as 'done' | 'skipped' | 'open'],
                timeText(atMs),
                by,
                ...(reason === null ? [] : [`“${reason}”`]),
              ].join(' '),
            )
            .join('; '),
    ]),
  }
}

function rollBlocks(record: RoomRecord, { lang }: RenderContext): Block[] {
  const w = RECORD_WORDS[lang]
  if (record.rolls.length === 0) return [{ kind: 'line', text: w.none }]
  return record.rolls.flatMap(({ number, calledAtMs, by, dueAtMs, owed, answers }): Block[] => [
    { kind: 'line', text: `${number}. ${timeText(calledAtMs)} ${by} · ${w.due} ${timeText(dueAtMs)}` },
    {
      kind: 'table',
      head: [w.member, w.state],
      rows: owed.map((key) => {
        const answer = answers.find(({ member }) => member === key)
        return [
          nameOf(record, key, lang),
          answer === undefined
            ? w.silent
            : `${w.answered} ${timeText(answer.atMs)} (${answer.by}${answer.byRadio ? `, ${w.radio}` : ''})`,
        ]
      }),
    },
  ])
}

function supportBlocks(record: RoomRecord, { lang }: RenderContext): Block[] {
  const w = RECORD_WORDS[lang]
  if (record.support.length === 0) return [{ kind: 'line', text: w.none }]
  return [
    {
      kind: 'table',
      head: [w.point, w.asked, w.dueArrival, w.state],
      rows: record.support.map(({ number, name, text, askedAtMs, by, arriveByMs, steps }) => [
        `${number}. ${name[lang]} ${text}`.trim(),
        `${timeText(askedAtMs)} ${by}`,
        timeText(arriveByMs),
        steps
          .map((step) =>
            [
              w.supportSteps[step.as],
              timeText(step.atMs),
              step.by,
              ...(step.reason === null ? [] : [`“${step.reason}”`]),
            ].join(' '),
          )
          .join('; ') || w.open,
      ]),
    },
  ]
}

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** What a person typed must stay text: no heading, link, image or tag comes of it. */
const markdown = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!~]/g, '\\$&')
    .replaceAll('\n', ' ')
