import type { DomainEvent, TimelineLine } from '@skerry/contract'
import { reasonText } from '../format/reason.ts'
import { scenarioName } from '../format/scenario.ts'
import { minuteText } from '../format/time.ts'
import type { Translate, WordKey } from '../i18n/words.ts'
import type { Picture } from '../stores/apply-changes.ts'

type Names = Pick<Picture, 'unit' | 'incident' | 'search' | 'task' | 'candidate' | 'alarm' | 'drone'>
type Filled = Record<string, string | number>

/** What one event says, in words of the screen's language. */
export function timelineText(event: DomainEvent, names: Names, t: Translate): string {
  const key: WordKey = `timeline.${event.type}`
  return t(key, fill(event, names, t)).trim()
}

/** Who made it happen. */
export function actorText({ actor }: TimelineLine, t: Translate): string {
  switch (actor.kind) {
    case 'seat':
      return `${actor.seat.name} (${t(`domain.role.${actor.seat.role}`)})`
    case 'feed':
      return actor.feed
    case 'bridge':
      return actor.bridge
    case 'system':
      return `${t('timeline.system')} ${actor.part}`
  }
}

function fill(event: DomainEvent, names: Names, t: Translate): Filled {
  const unit = (id: string): string => names.unit.get(id)?.callSign ?? id
  const incident = (id: string): string => String(names.incident.get(id)?.number ?? id)
  const task = (id: string): string => String(names.task.get(id)?.number ?? id)
  const candidate = (id: string): string => String(names.candidate.get(id)?.number ?? id)
  const alarm = (id: string): string => {
    const kind = names.alarm.get(id)?.kind
    return kind === undefined ? id : t(`alarm.kind.${kind}.name`)
  }
  const scenario = (searchId: string, id: string): string => {
    const found = names.search.get(searchId)?.scenarios.find((one) => one.id === id)
    return found === undefined ? id : scenarioName(found, t)
  }
  switch (event.type) {
    case 'server.started':
      return { n: event.lastSeq }
    case 'roster.declared':
      return { n: event.units.length }
    case 'sites.declared':
      return { n: event.sites.length }
    case 'checkpoints.declared':
      return { n: event.checkpoints.length }
    case 'unit.status-changed':
      return { unit: unit(event.unitId), state: t(`domain.unitStatus.${event.status}`) }
    case 'unit.reported': {
      const { kind, text } = event.report
      const said = t(`timeline.unit.report.${kind}`)
      return { unit: unit(event.report.unitId), text: text === undefined ? said : `${said} · ${text}` }
    }
    case 'incident.reported':
      return { category: t(`domain.category.${event.incident.category}`), place: event.incident.place }
    case 'incident.state-changed':
      return { state: t(`domain.incidentState.${event.state}`) }
    case 'incident.assigned':
    case 'incident.released':
      return { unit: unit(event.unitId) }
    case 'incident.offered':
      return {
        unit: unit(event.offer.unitId),
        text: event.offer.chosenBy === 'rule' ? t('timeline.incident.byRule') : '',
      }
    case 'incident.offer-answered':
      return {
        unit: unit(event.unitId),
        state: t(`timeline.incident.${event.answer}`),
        text: event.reason === null ? '' : `“${event.reason}”`,
      }
    case 'incident.offer-expired':
      return { unit: unit(event.unitId) }
    case 'incident.marked-same':
      return { state: t(`timeline.incident.${event.kind}`), n: incident(event.sameAsId) }
    case 'incident.unmarked-same':
      return { n: incident(event.sameAsId) }
    case 'incident.noted':
      return { text: event.text }
    case 'incident.closed':
      return { text: event.outcome }
    case 'search.opened':
      return {}
    case 'search.ground-set':
      return { n: event.highestGroundAmslM }
    case 'search.scenario-added':
      return { text: event.scenario.story.name }
    case 'search.scenario-weighed':
      return { text: scenario(event.searchId, event.scenarioId), n: event.weight }
    case 'search.scenario-moved':
      return { text: scenario(event.searchId, event.scenarioId), time: minuteText(event.mapAtMs, 'zh') } // digits alone, in any language
    case 'search.conditions-set': {
      const { waterC, airC } = event.conditions
      const degrees = (c: number | null): string => (c === null ? t('common.unknown') : `${c} °C`)
      return { water: degrees(waterC), air: degrees(airC) }
    }
    case 'search.scenario-removed':
      return { text: event.reason }
    case 'search.sighting-added':
      return { n: event.sighting.number, text: t(`search.sighting.kind.${event.sighting.report.kind}`) }
    case 'search.sighting-withdrawn':
      return { text: event.reason }
    case 'search.advised':
      return { text: event.advice === null ? t('timeline.search.adviceNone') : event.advice.droneId }
    case 'search.advice-answered':
      return { state: t(`search.advice.answer.${event.answer}`), text: event.reason ?? '' }
    case 'search.tasks-cut':
      return { n: event.tasks.length }
    case 'search.swept':
      return { task: task(event.taskId), n: event.looks.length }
    case 'search.map-changed':
      return { n: (event.pos * 100).toFixed(1) }
    case 'search.found':
      return { state: t(`domain.outcome.${event.outcome}`) }
    case 'search.ended':
      return { state: t(`domain.searchState.${event.as}`), text: reasonText(event.reason, t) }
    case 'task.approved':
      return { task: task(event.taskId), text: event.approvalRef }
    case 'task.refused':
    case 'task.withdrawn':
    case 'task.upload-failed':
    case 'task.failed':
    case 'task.start-failed':
    case 'task.unknown':
      return { task: task(event.taskId), text: reasonText(event.reason, t) }
    case 'task.upload-started':
    case 'task.uploaded':
      return { task: task(event.taskId), n: event.total }
    case 'task.upload-progressed':
      return { task: task(event.taskId), n: `${event.done}/${event.total}` }
    case 'task.handed-over':
      return { task: task(event.taskId), text: task(event.toTaskId) }
    case 'task.offered':
    case 'task.seen':
    case 'task.accepted':
    case 'task.offer-expired':
    case 'task.starting':
    case 'task.flying':
    case 'task.returning':
    case 'task.done':
      return { task: task(event.taskId) }
    case 'drone.seen':
      return { drone: event.drone.id }
    case 'drone.leased':
      return { drone: event.lease.droneId, text: event.lease.name }
    case 'drone.lease-released':
      return { drone: event.droneId, text: reasonText(event.reason, t) }
    case 'drone.ordered':
      return { drone: event.command.droneId, order: t(`domain.order.${event.command.order}`) }
    case 'drone.command-changed':
      return {
        drone: event.droneId,
        order: t(`domain.order.${event.order}`),
        state: t(`domain.commandState.${event.state}`),
        text: event.reason === null ? '' : reasonText(event.reason, t),
      }
    case 'drone.link-changed':
      return { drone: event.droneId, state: t(`domain.linkState.${event.state}`) }
    case 'candidate.raised':
      return { task: event.candidate.number }
    case 'candidate.strengthened':
      return { task: event.candidate.number, n: event.candidate.looks }
    case 'candidate.looking-again':
    case 'candidate.confirmed':
      return { task: candidate(event.candidateId) }
    case 'candidate.team-sent':
    case 'candidate.nothing-there':
      return { task: candidate(event.candidateId), unit: unit(event.unitId) }
    case 'candidate.dismissed':
      return { task: candidate(event.candidateId), text: event.reason }
    case 'alarm.raised':
      return { text: t(`alarm.kind.${event.alarm.kind}.name`) }
    case 'alarm.cleared':
    case 'alarm.acknowledged':
    case 'alarm.unshelved':
      return { text: alarm(event.alarmId) }
    case 'alarm.shelved':
      return { text: `${alarm(event.alarmId)} · ${event.reason}` }
    case 'calibration.laid-out':
      return { n: event.calibration.number }
    case 'calibration.pass-recorded':
      return { n: event.pass.target, seen: t(event.pass.seen ? 'calibration.seen' : 'calibration.missed') }
    case 'calibration.pass-undone':
      return {}
    case 'calibration.finished':
      return { n: event.measured.sweepWidthM.toFixed(0) }
    case 'calibration.withdrawn':
      return { text: event.reason }
    case 'timer.set':
      return { unit: unit(event.timer.unitId), n: event.timer.everyMin }
    case 'timer.ended':
      return { unit: unit(event.unitId) }
    case 'zone.declared':
      return { text: event.zone.name }
    case 'zone.removed':
      return { text: event.reason }
    case 'account.created':
      return { text: event.account }
    case 'feed.created':
    case 'feed.removed':
      return { text: event.feed }
    case 'seat.signed-in':
      return { text: event.seatId }
  }
}
