import type { Lang } from '../../i18n/lang.ts'
import type { Translate } from '../../i18n/words.ts'
import { checkpointName } from '../../inspect/facts.ts'
import type { ThingRef } from '../../map/scene.ts'
import type { Picture } from '../../stores/apply-changes.ts'
import { matches } from './queue.ts'

export interface ThingRow {
  thing: ThingRef
  name: string
  detail: string
}

/** Drones, checkpoints and units on duty that match a query, in that order: the few before the many. */
export function listThings(
  picture: Pick<Picture, 'unit' | 'drone' | 'checkpoint'>,
  query: string,
  lang: Lang,
  t: Translate,
): ThingRow[] {
  const rows: ThingRow[] = []
  for (const drone of picture.drone.values())
    rows.push({ thing: { kind: 'drone', id: drone.id }, name: drone.id, detail: t('domain.thing.drone') })
  for (const checkpoint of picture.checkpoint.values())
    rows.push({
      thing: { kind: 'checkpoint', id: checkpoint.id },
      name: checkpointName(checkpoint, lang),
      detail: t(`domain.checkpointKind.${checkpoint.kind}`),
    })
  for (const unit of picture.unit.values())
    if (unit.onDuty)
      rows.push({
        thing: { kind: 'unit', id: unit.id },
        name: unit.callSign,
        detail: `${t(`domain.unitKind.${unit.kind}`)} · ${t(`domain.unitStatus.${unit.status}`)}`,
      })
  return rows.filter((row) => matches(query, `${row.name} ${row.detail} ${row.thing.id}`))
}
