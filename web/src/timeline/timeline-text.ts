import type { ActTarget, Alarm, AssumptionChange, DomainEvent, TimelineLine } from '@skerry/contract'
import { categoryText, dictionaryIn, shownLevel } from '../format/dictionary.ts'
import { upkeepAsked, upkeepEnded } from './upkeep-text.ts'
import { reasonText } from '../format/reason.ts'
import { scenarioName } from '../format/scenario.ts'
import { minuteText, stampText } from '../format/time.ts'
import type { Lang } from '../i18n/lang.ts'
import type { Translate, WordKey } from '../i18n/words.ts'
import { memberName } from '../rooms/member-name.ts'
import type { Picture } from '../stores/apply-changes.ts'
import { correctedText, updatedText } from './changed-fields.ts'

type Names = Pick<
  Picture,
  | 'unit'
  | 'incident'
  | 'search'
  | 'task'
  | 'candidate'
  | 'alarm'
  | 'drone'
  | 'dictionary'
  | 'room'
  | 'member'
  | 'zone'
  | 'consignment'
  | 'camera'
>
type Filled = Record<string, string | number>

function raisedText({ kind, late, happenedAtMs }: Alarm, t: Translate, lang: Lang): string {
  const name = t(`alarm.kind.${kind}.name`)
  return late && happenedAtMs !== undefined
    ? `${name} · ${t('alarm.lateFound', { time: stampText(happenedAtMs, lang) })}`
    : name
}

/** What one event says, in words of the screen's language. */
export function timelineText(event: DomainEvent, names: Names, t: Translate, lang: Lang): string {
  if (event.type === 'search.map-changed' && event.change) return movedText(event.change, t)
  if (event.type === 'task.starting' && event.despiteWait !== undefined) {
    const { wait, reason } = event.despiteWait
    const task = String(names.task.get(event.taskId)?.number ?? event.taskId)
    return t('timeline.task.despiteWait', { task, drone: wait.behind?.droneId ?? t('common.unknown'), text: reason })
  }
  const key: WordKey =
    event.type === 'unit.reported' && event.byRadio ? 'timeline.unit.byRadio' : `timeline.${event.type}`
  return t(key, fill(event, names, t, lang)).trim()
}

/** What an assumption or a candidate did to the map. */
function movedText({ kind, about, probability, movedShare }: AssumptionChange, t: Translate): string {
  const percent = (share: number | null): string => (share === null ? '–' : `${(share * 100).toFixed(1)} %`)
  const said = {
    text: t(`search.change.kind.${kind}`, { about: about === '-' ? t('search.scenario.opened') : about }),
    moved: (movedShare * 100).toFixed(1),
  }
  if (!probability) return t('timeline.search.moved', said)
  const { before, after } = probability
  return t('timeline.search.movedCandidate', { ...said, before: percent(before), after: percent(after) })
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

function fill(event: DomainEvent, names: Names, t: Translate, lang: Lang): Filled {
  const dictionary = dictionaryIn(names)
  const unit = (id: string): string => names.unit.get(id)?.callSign ?? id
  const zone = (id: string): string => names.zone.get(id)?.name ?? id
  const actTarget = ({ kind, id }: ActTarget): string =>
    (kind === 'camera'
      ? names.camera.get(id)?.label[lang]
      : kind === 'consignment'
        ? names.consignment.get(id)?.vehicle.callSign
        : null) ?? id
  const consignment = (id: string): string => String(names.consignment.get(id)?.number ?? id)
  const incident = (id: string): string => String(names.incident.get(id)?.number ?? id)
  const task = (id: string): string => String(names.task.get(id)?.number ?? id)
  const candidate = (id: string): string => String(names.candidate.get(id)?.number ?? id)
  const alarm = (id: string): string => {
    const kind = names.alarm.get(id)?.kind
    return kind === undefined ? id : t(`alarm.kind.${kind}.name`)
  }
  const member = (incidentId: string, key: string): string => {
    const known = names.member.get(`${incidentId}/${key}`)
    if (known !== undefined) return memberName(known, t)
    // The room has left the picture: its key still says which desk it was.
    const [kind, name = key] = key.split(':')
    return kind === 'desk'
      ? memberName({ kind, name }, t)
      : kind === 'unit'
        ? (names.unit.get(name)?.callSign ?? name)
        : name
  }
  const scenario = (searchId: string, id: string): string => {
    const found = names.search.get(searchId)?.scenarios.find((one) => one.id === id)
    return found === undefined ? id : scenarioName(found, t)
  }
  const segment = (searchId: string, id: string): string =>
    String(names.search.get(searchId)?.segments?.find((one) => one.id === id)?.number ?? id)
  switch (event.type) {
    case 'server.started':
      return { n: event.lastSeq }
    case 'roster.declared':
      return { n: event.units.length }
    case 'dictionary.declared':
      return { n: event.dictionary.categories.length }
    case 'sites.declared':
      return { n: event.sites.length }
    case 'checkpoints.declared':
      return { n: event.checkpoints.length }
    case 'unit.cover-ordered':
      return { unit: unit(event.unitId), zone: zone(event.cover.zoneId) }
    case 'unit.cover-ended':
      return {
        unit: unit(event.unitId),
        zone: zone(event.zoneId),
        text: event.reason ?? t(`timeline.unit.coverEnd.${event.because}`),
      }
    case 'unit.status-changed':
      return { unit: unit(event.unitId), state: t(`domain.unitStatus.${event.status}`) }
    case 'unit.reported': {
      const { kind, text } = event.report
      const said = t(`timeline.unit.report.${kind}`)
      return { unit: unit(event.report.unitId), text: text === undefined ? said : `${said} · ${text}` }
    }
    case 'incident.reported':
      return { category: categoryText(dictionary, event.incident.category, lang), place: event.incident.place }
    case 'incident.state-changed':
      return { state: t(`domain.incidentState.${event.state}`) }
    case 'incident.assigned':
    case 'incident.released':
      return { unit: unit(event.unitId) }
    case 'incident.unit-lost':
      return { unit: unit(event.unitId), text: t(`timeline.incident.lostBecause.${event.because ?? 'off-duty'}`) }
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
    case 'incident.step-withdrawn':
      return { unit: unit(event.unitId), state: t(`domain.incidentState.${event.step}`), text: event.reason }
    case 'incident.offer-expired':
      return { unit: unit(event.unitId) }
    case 'incident.marked-same':
      return { state: t(`timeline.incident.${event.kind}`), n: incident(event.sameAsId) }
    case 'incident.unmarked-same':
      return { n: incident(event.sameAsId) }
    case 'incident.classified':
      return {
        category: categoryText(dictionary, event.category, lang),
        level: shownLevel(dictionary, event).name[lang],
        text: event.reason,
      }
    case 'incident.updated':
      return { text: updatedText(event, t) }
    case 'incident.corrected':
      return { text: correctedText(event, t) }
    case 'incident.warning-sent': {
      const { msgType, draft, note } = event.warning
      return { type: t(`dispatch.warn.type.${msgType}`), text: note ?? draft.texts[0]?.headline ?? '' }
    }
    case 'incident.source-closed':
      return { text: reasonText(event.outcome, t) }
    case 'incident.noted':
      return { text: event.text }
    case 'incident.closed':
      return { text: reasonText(event.outcome, t) }
    case 'incident.archived':
    case 'incident.read':
    case 'room.opened':
    case 'room.checklist-set':
    case 'room.closed':
    case 'room.archived':
      return {}
    case 'room.joined':
      return { text: memberName(event, t) }
    case 'room.exported':
    case 'incident.exported':
    case 'search.exported':
      return { text: event.as }
    case 'room.guest-entered':
    case 'room.left':
    case 'room.received':
    case 'room.roll-answered':
      return { text: member(event.incidentId, event.key) }
    case 'room.said':
      return { name: event.from.name, text: event.text }
    case 'room.acknowledged':
      return { text: member(event.incidentId, event.key), n: event.number }
    case 'room.checked': {
      const item = names.room.get(event.incidentId)?.checklist.find(({ id }) => id === event.itemId)
      const why = event.reason === null ? '' : ` “${event.reason}”`
      return { text: item?.name[lang] ?? event.itemId, state: `${t(`timeline.room.${event.as}`)}${why}` }
    }
    case 'room.roll-called':
      return { name: event.by.name }
    case 'room.support-asked':
      return { name: event.by.name, text: `${event.name[lang]} ${event.text}`.trim() }
    case 'room.support-answered': {
      const asked = names.room.get(event.incidentId)?.support?.find(({ number }) => number === event.number)
      return {
        n: asked?.name[lang] ?? event.number,
        state: t(`room.support.state.${event.answer}`),
        text: event.reason === null ? '' : ` “${event.reason}”`,
      }
    }
    case 'room.roll-ended':
      return { text: event.missing.map((key) => member(event.incidentId, key)).join(', ') || t('common.none') }
    case 'search.opened':
      return {}
    case 'search.ground-set':
      return { n: event.highestGroundAmslM }
    case 'search.drawing-added':
      return { text: event.drawing.name }
    case 'search.track-added':
      return { unit: unit(event.track.unitId), n: event.track.points }
    case 'search.drawing-removed':
    case 'search.track-removed':
      return { text: event.reason }
    case 'search.scenario-added':
      return { text: event.scenario.story.name }
    case 'search.scenario-weighed':
      return { text: scenario(event.searchId, event.scenarioId), n: event.weight }
    case 'search.scenario-moved':
      return { text: scenario(event.searchId, event.scenarioId), time: minuteText(event.mapAtMs, 'zh') } // digits alone, in any language
    case 'search.light-set':
      return { text: t(`calibration.light.${event.light}`) }
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
    case 'search.segment-added':
      return { text: `#${event.segment.number} ${event.segment.name}` }
    case 'search.segment-removed':
      return { n: segment(event.searchId, event.segmentId), text: event.reason }
    case 'search.teams-assigned':
      return {
        text: event.assignments
          .map(({ unitId, segmentId }) => `${unit(unitId)} → #${segment(event.searchId, segmentId)}`)
          .join(' · '),
      }
    case 'search.ground-searched': {
      const { unitId, segmentId, pod, pos } = event.effort
      const share = (one: number): string => (100 * one).toFixed(1)
      return { unit: unit(unitId), n: segment(event.searchId, segmentId), pod: share(pod), pos: share(pos) }
    }
    case 'search.effort-withdrawn':
      return { text: event.reason }
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
    case 'task.upload-cancel-refused':
    case 'task.failed':
    case 'task.start-failed':
    case 'task.unknown':
      return { task: task(event.taskId), text: reasonText(event.reason, t) }
    case 'task.upload-started':
    case 'task.uploaded':
      return { task: task(event.taskId), n: event.total }
    case 'task.upload-cancelling':
      return { task: task(event.taskId), text: event.name }
    case 'task.upload-progressed':
      return { task: task(event.taskId), n: `${event.done}/${event.total}` }
    case 'task.resumed':
      return { task: task(event.taskId), n: event.fromPoint + 1, text: event.name }
    case 'task.reached':
      return { task: task(event.taskId), n: event.point + 1 }
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
    case 'drone.fence-asked':
      return {
        drone: event.droneId,
        text: t(`timeline.drone.fenceAsked.${event.transfer.ask}`, { name: event.transfer.by }),
      }
    case 'drone.fence-moved':
      return { drone: event.droneId, n: event.done }
    case 'drone.fence-cancelling':
      return { drone: event.droneId, text: event.name }
    case 'drone.fence-cancel-refused':
      return { drone: event.droneId, text: reasonText(event.reason, t) }
    case 'drone.fence-ended': {
      const { outcome } = event
      const detail =
        outcome.kind === 'failed' ? reasonText(outcome.reason, t) : outcome.kind === 'differs' ? outcome.detail : ''
      return { drone: event.droneId, text: t(`timeline.drone.fenceEnded.${outcome.kind}`, { detail }) }
    }
    case 'drone.upkeep-asked':
      return { drone: event.droneId, text: upkeepAsked(event.job, t) }
    case 'drone.upkeep-moved':
      return { drone: event.droneId, n: event.done }
    case 'drone.upkeep-cancelling':
      return { drone: event.droneId, text: event.name }
    case 'drone.upkeep-cancel-refused':
      return { drone: event.droneId, text: reasonText(event.reason, t) }
    case 'drone.upkeep-ended':
      return { drone: event.droneId, text: upkeepEnded(event.outcome, t) }
    case 'drone.link-changed':
      return { drone: event.droneId, state: t(`domain.linkState.${event.state}`) }
    case 'candidate.raised':
      return { task: event.candidate.number }
    case 'candidate.strengthened':
      return { task: event.candidate.number, n: event.candidate.looks }
    case 'candidate.rated':
      return { task: candidate(event.candidateId), n: (event.detector.recall * 100).toFixed(0) }
    case 'candidate.looking-again':
    case 'candidate.confirmed':
      return { task: candidate(event.candidateId) }
    case 'candidate.team-sent':
    case 'candidate.nothing-there':
      return { task: candidate(event.candidateId), unit: unit(event.unitId) }
    case 'candidate.dismissed':
      return { task: candidate(event.candidateId), text: event.reason }
    case 'alarm.raised':
      return { text: raisedText(event.alarm, t, lang) }
    case 'alarm.cleared': {
      const { alarmId, because } = event
      return {
        text: because === undefined ? alarm(alarmId) : `${alarm(alarmId)} · ${t(`timeline.alarm.because.${because}`)}`,
      }
    }
    case 'alarm.acknowledged':
    case 'alarm.unshelved':
      return { text: alarm(event.alarmId) }
    case 'alarm.shelved':
      return { text: `${alarm(event.alarmId)} · ${event.reason}` }
    case 'ground-layers.declared':
      return { text: event.ground.layers?.title ?? t('common.none') }
    case 'distance-table.declared':
      return { text: event.table.name }
    case 'distance-table.withdrawn':
      return { text: event.reason }
    case 'calibration.laid-out':
      return { n: event.calibration.number }
    case 'calibration.pass-recorded':
      return { n: event.pass.target, seen: t(event.pass.seen ? 'calibration.seen' : 'calibration.missed') }
    case 'calibration.false-alarm-recorded':
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
    case 'cameras.declared':
      return { n: event.cameras.length }
    case 'act.asked':
      return {
        name: event.askedBy.name,
        text: `${t(`act.kind.${event.target.kind}`)} ${actTarget(event.target)} · “${event.reason}” · ${event.minutes} min`,
      }
    case 'act.approved':
      return { name: event.by.name, n: event.number, time: minuteText(event.untilMs, lang) }
    case 'act.ended':
      return {
        n: event.number,
        text: `${t(`act.end.${event.because}`)}${event.reason === null ? '' : ` “${event.reason}”`}`,
      }
    case 'act.opened':
      return { n: event.number }
    case 'consignment.declared':
      return { n: event.consignment.number }
    case 'consignment.ended':
    case 'consignment.accident':
      return { n: consignment(event.consignmentId), text: 'text' in event ? event.text : event.reason }
    case 'consignment.checked':
    case 'consignment.started':
    case 'consignment.arrived':
    case 'consignment.accident-moved':
    case 'consignment.contact-read':
    case 'consignment.archived':
      return { n: consignment(event.consignmentId) }
    case 'case.purged':
      return { text: event.rules.map((rule) => t(`retention.rule.${rule}`)).join(' · ') }
    case 'case.held':
    case 'case.lift-asked':
    case 'case.lift-refused':
      return { name: event.by.name, text: event.reason }
    case 'case.released':
      return { name: event.by.name }
    case 'entry.purged':
      return { text: t(`retention.rule.${event.rule}`) }
    case 'account.created':
      return { text: event.account }
    case 'feed.created':
    case 'feed.removed':
      return { text: event.feed }
    case 'kiosk.created':
    case 'kiosk.removed':
      return { text: event.kiosk }
    case 'seat.signed-out':
      return { text: event.account }
    case 'seat.signed-in':
      return { text: event.seatId }
  }
}
