import { DEFAULT_DICTIONARY, type JournalEntry } from '@skerry/contract'
import { describe, expect, it } from 'vitest'
import { NOW_MS } from '../domain/test-kit.ts'
import { CHEN, LIN, fireTown } from '../domain/rooms/room-kit.ts'
import { asHtml, asMarkdown } from './render-record.ts'
import { roomRecord } from './room-record.ts'

/** A room with everything in it, and the journal that it would have left. */
function told() {
  const town = fireTown()
  const entries: JournalEntry[] = []
  let noted = 0
  const note = () => {
    for (const event of town.log.slice(noted)) {
      entries.push({
        seq: ++noted,
        atMs: town.nowMs(),
        actor: { kind: 'seat', seat: LIN },
        commandId: null,
        incidentId: town.incidentId,
        event,
        prev: '',
        hash: '',
      })
    }
  }
  const { incidentId } = town
  note()
  town.send('101')
  town.say(LIN, '联系电话13957201234 <b>三楼</b> # 注意 | 二楼')
  note()
  town.pass(1000)
  town.give(CHEN, { type: 'incident.note', incidentId, text: '看着' })
  town.say(CHEN, '撤出', true)
  note()
  town.pass(1000)
  town.give(CHEN, { type: 'room.receive', incidentId, deliveredTo: 1, readTo: 1 })
  town.give(LIN, { type: 'room.receive', incidentId, deliveredTo: 2, readTo: 2 })
  town.give(LIN, { type: 'room.acknowledge', incidentId, number: 2 })
  town.give(LIN, { type: 'room.acknowledge', incidentId, number: 2, forKey: 'unit:101' })
  town.give(LIN, { type: 'room.check', incidentId, itemId: 'people', as: 'done' })
  town.give(LIN, { type: 'room.check', incidentId, itemId: 'water', as: 'skipped', reason: '自带' })
  town.give(LIN, { type: 'room.call-roll', incidentId, withinS: 60 })
  town.give(CHEN, { type: 'room.answer-roll', incidentId })
  note()
  town.pass(70_000)
  town.tick()
  town.give(LIN, { type: 'incident.close', incidentId, outcome: '扑灭' })
  note()
  return { entries, record: roomRecord(entries)! }
}

describe('the record of a room', () => {
  it('has every stay, message, receipt, tick and answer, with its time', () => {
    const { record } = told()
    expect(record.incident).toMatchObject({ number: 1, outcome: '扑灭', closedAtMs: NOW_MS + 72_000 })
    expect(record.stays.find(({ key }) => key === 'unit:101')).toMatchObject({
      rule: 'units-sent',
      joinedAtMs: NOW_MS,
      leftAtMs: NOW_MS + 72_000,
      leftBecause: 'room-closed',
    })
    const [first, second] = record.messages
    expect(first!.receipts.find(({ member }) => member === 'seat:chen')).toMatchObject({ readAtMs: NOW_MS + 2000 })
    expect(second!.receipts.find(({ member }) => member === 'unit:101')).toMatchObject({
      readAtMs: null,
      acknowledged: { atMs: NOW_MS + 2000, by: '值班 Lin', byRadio: true },
    })
    expect(record.checklist.find(({ id }) => id === 'water')!.steps).toMatchObject([{ as: 'skipped', reason: '自带' }])
    expect(record.rolls).toMatchObject([{ number: 1, answers: [{ member: 'seat:chen', by: '协调 Chen' }] }])
  })
  it('holds no number of a person, and says how many were left out', () => {
    const { record } = told()
    expect(record.removed).toBe(1)
    expect(JSON.stringify(record)).not.toContain('13957201234')
    expect(record.messages[0]!.text).toContain('电话▇▇▇')
  })
  it('holds no description of a missing person', () => {
    const { entries } = told()
    const subject = {
      category: 'dementia',
      lastKnownAtMs: 0,
      lastKnownPosition: [122, 30] as [number, number],
      description: '蓝外套',
    }
    const withSubject = entries.map((entry) =>
      entry.event.type === 'incident.reported'
        ? { ...entry, event: { ...entry.event, incident: { ...entry.event.incident, subject } } }
        : entry,
    )
    expect(JSON.stringify(roomRecord(withSubject))).not.toContain('蓝外套')
  })
  it('is nothing where the journal has no such incident', () => {
    expect(roomRecord([])).toBeNull()
  })
})

describe('read by people', () => {
  const ctx = { dictionary: DEFAULT_DICTIONARY, exportedAtMs: NOW_MS, exportedBy: '值班 Lin' }
  it('is a page in which what was typed stays text', () => {
    const page = asHtml(told().record, { ...ctx, lang: 'zh' })
    expect(page).toContain('&lt;b&gt;三楼&lt;/b&gt;')
    expect(page).not.toContain('<b>')
    expect(page).toContain('<h2>点名</h2>')
    expect(page).toContain('<td>普陀-101</td><td>未应答</td>')
  })
  it('is Markdown whose tables and headings nobody can break', () => {
    const text = asMarkdown(told().record, { ...ctx, lang: 'en' })
    expect(text).toContain('> 联系电话▇▇▇ &lt;b&gt;三楼&lt;/b&gt; \\# 注意 | 二楼')
    expect(text).toContain('| Water and the way for engines | skipped 2023-11-15 06:13:22 值班 Lin “自带” |')
    for (const line of text.split('\n').filter((one) => one.startsWith('| ')))
      expect(line.match(/(?<!\\)\|/g)!.length).toBeGreaterThanOrEqual(3)
    expect(text).toContain('Dispatch desk')
  })
})
