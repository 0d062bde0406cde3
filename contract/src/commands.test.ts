import { describe, expect, it } from 'vitest'
import { COMMAND_ROLES, Command } from './commands.ts'
import { SubjectDescription } from './incidents.ts'

const id = '0190b6a4-93a5-7cc3-8f1e-2f1d7a3b5c6d'

/** Acts in a room that belong to those who answer for incidents. */
const DESKS_ONLY = ['room.call-roll', 'room.invite', 'room.remove', 'room.ask-support', 'room.answer-support']

describe('commands', () => {
  it('refuse keys that they do not know, so that no identity slips in beside a description', () => {
    const subject = {
      category: 'dementia',
      lastKnownAtMs: 1,
      lastKnownPosition: [122, 30],
      description: 'dark blue jacket',
    }
    expect(SubjectDescription.safeParse(subject).success).toBe(true)
    for (const key of ['name', 'phone', 'idNumber', 'face', 'plate'])
      expect(SubjectDescription.safeParse({ ...subject, [key]: 'x' }).success).toBe(false)
  })
  it('hold no number of a person in what is said of acts and accidents', () => {
    const said = (text: string) => [
      { id, type: 'act.ask', incidentId: 'i', target: { kind: 'camera', id: 'gate' }, reason: text, minutes: 5 },
      { id, type: 'act.refuse', incidentId: 'i', number: 1, reason: text },
      { id, type: 'act.end', incidentId: 'i', number: 1, reason: text },
      { id, type: 'consignment.end', consignmentId: 'c', reason: text },
      { id, type: 'consignment.accident', consignmentId: 'c', position: [122, 30], place: text, text: '' },
      { id, type: 'consignment.accident', consignmentId: 'c', position: [122, 30], place: '', text },
    ]
    for (const command of said('大桥北引桥')) expect(Command.safeParse(command).success).toBe(true)
    for (const text of ['司机 13957201234', '追 浙L12345'])
      for (const command of said(text)) expect(Command.safeParse(command).success).toBe(false)
  })
  it('start an aircraft only when every point of the checklist is ticked', () => {
    const start = {
      id,
      type: 'task.start',
      taskId: 't1',
      checklist: { areaClear: true, aircraftChecked: true, heightUnderstood: true },
    }
    expect(Command.safeParse(start).success).toBe(true)
    expect(Command.safeParse({ ...start, checklist: { ...start.checklist, areaClear: false } }).success).toBe(false)
    expect(Command.safeParse({ ...start, checklist: {} }).success).toBe(false)
  })
  it('let nobody but a pilot order a single aircraft, and let an observer do nothing but speak in a room', () => {
    expect(COMMAND_ROLES['drone.order']).toEqual(['pilot'])
    for (const [type, roles] of Object.entries<readonly string[]>(COMMAND_ROLES))
      if (!type.startsWith('room.')) expect(roles).not.toContain('observer')
  })
  it('let those who only have a room act in it and nowhere else', () => {
    expect(COMMAND_ROLES['room.say']).toContain('guest')
    for (const [type, roles] of Object.entries<readonly string[]>(COMMAND_ROLES)) {
      const own = type.startsWith('room.') && !DESKS_ONLY.includes(type)
      for (const role of ['adviser', 'guest']) if (!own) expect(roles).not.toContain(role)
      if (!own && type !== 'unit.report') expect(roles).not.toContain('unit')
    }
  })
})
