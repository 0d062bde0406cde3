import { describe, expect, it } from 'vitest'
import { COMMAND_ROLES, Command } from './commands.ts'
import { SubjectDescription } from './incidents.ts'

const id = '0190b6a4-93a5-7cc3-8f1e-2f1d7a3b5c6d'

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
  it('let nobody but a pilot order a single aircraft, and let an observer do nothing', () => {
    expect(COMMAND_ROLES['drone.order']).toEqual(['pilot'])
    for (const roles of Object.values<readonly string[]>(COMMAND_ROLES)) expect(roles).not.toContain('observer')
  })
})
