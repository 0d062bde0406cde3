import type { MemberKey, RosterUnit, Seat } from '@skerry/contract'
import { DISPATCHER, REPORT, world } from '../test-kit.ts'
import { decideRoster } from '../units/roster.ts'
import { decideUnitReport } from '../units/report.ts'
import { roomFollows, roomsDue } from './keep.ts'
import { activeMembers } from './members.ts'

export const LIN: Seat = { id: 'seat-lin', role: 'dispatcher', name: '值班 Lin', account: 'lin' }
export const CHEN: Seat = { id: 'seat-chen', role: 'coordinator', name: '协调 Chen', account: 'chen' }
export const WANG: Seat = { id: 'seat-wang', role: 'pilot', name: '飞手 Wang', account: 'wang' }

const unit = (id: string): RosterUnit => ({
  id,
  callSign: `普陀-${id}`,
  agency: '公安',
  kind: 'car',
  skills: [],
  onDuty: true,
})

/** A fire that Lin reported, with units to send and a keeper that runs when it is told to. */
export function fireTown(report: Partial<typeof REPORT> & { category?: string } = {}) {
  const town = world()
  const roster = decideRoster(town.picture, ['101', '102', '103'].map(unit))
  if (roster.ok) town.apply(roster.value)
  const follow = (): void => {
    for (const id of town.picture.incident.keys()) town.apply(roomFollows(town.picture, id))
  }
  const tick = (): void => town.apply(roomsDue(town.picture, { nowMs: town.nowMs(), newId: town.newId }))
  town.give(LIN, { ...REPORT, category: 'fire', priority: 'warning', subject: null, ...report } as never)
  follow()
  const incidentId = town.only('incident').id
  const room = () => town.picture.room.get(incidentId)!
  const give = (seat: Seat, command: Parameters<typeof town.give>[1]) => {
    const done = town.give(seat, command)
    follow()
    return done
  }
  return {
    ...town,
    give,
    follow,
    tick,
    incidentId,
    room,
    here: (): MemberKey[] => activeMembers(town.picture, room()).map(({ key }) => key),
    member: (key: MemberKey) => town.picture.member.get(`${incidentId}/${key}`)!,
    message: (number: number) => town.picture.message.get(`${incidentId}/${number}`)!,
    say: (seat: Seat, text: string, urgent = false) => give(seat, { type: 'room.say', incidentId, text, urgent }),
    send: (unitId: string) => give(DISPATCHER, { type: 'incident.assign', incidentId, unitId }),
    terminal: (unitId: string, kind: 'en-route' | 'on-scene' | 'text', text?: string) => {
      const said = { unitId, incidentId, atMs: town.nowMs(), kind, ...(text === undefined ? {} : { text }) }
      const done = decideUnitReport(town.picture, said, { nowMs: town.nowMs(), newId: town.newId })
      if (done.ok) town.apply(done.value)
      follow()
      return done.ok ? 'taken' : done.error.code
    },
    alarms: () => [...town.picture.alarm.values()].filter(({ clearedAtMs }) => clearedAtMs === null),
  }
}
