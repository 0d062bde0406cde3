import { type Datum, COMMAND_ROLES, type LngLat, type Zone } from '@skerry/contract'
import type { FileFault } from '@skerry/exchange'
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { readApart } from '../../files/read-apart.ts'
import { zonesOf, type ReadShape } from '../../files/zones-of-file.ts'
import { useJourneys } from '../../stores/journeys.ts'
import { usePicture } from '../../stores/picture.ts'
import { useSession } from '../../stores/session.ts'
import { draftOf, emptyForm, formOf, withPoint, type ZoneForm } from '../../zones/zone-form.ts'

/** State of the page of zones: which are there, which one is being drawn or changed, and what a file brought. */
export interface ZonesDesk {
  zones: ComputedRef<Zone[]>
  /** Null while nothing is being drawn or changed. */
  form: Ref<ZoneForm | null>
  known: Ref<Zone | null>
  busy: Ref<boolean>
  /** Shapes of a file that are still to be looked at, one after the other. */
  waiting: Ref<ReadShape[]>
  /** What came of the last file. */
  read: Ref<{ shapes: number; skipped: number } | { fault: FileFault; detail: string | null } | null>
  /** What the next file has its positions in. */
  datum: Ref<Datum>
  mayChange: ComputedRef<boolean>
  begin: () => void
  change: (zone: Zone) => void
  close: () => void
  place: (at: LngLat) => void
  save: () => Promise<void>
  remove: (reason: string) => Promise<void>
  take: (file: File, unnamed: string) => Promise<void>
}

export function useZones(): ZonesDesk {
  const picture = usePicture()
  const journeys = useJourneys()
  const session = useSession()
  const form = ref<ZoneForm | null>(null)
  const known = ref<Zone | null>(null)
  const busy = ref(false)
  const waiting = ref<ReadShape[]>([])
  const read = ref<ZonesDesk['read']['value']>(null)
  const datum = ref<Datum>('wgs84')
  // The corridor of a consignment comes and goes with it.
  const zones = computed(() =>
    [...picture.zones.values()]
      .filter(({ consignmentId }) => consignmentId === undefined)
      .sort((a, b) => a.name.localeCompare(b.name)),
  )
  const mayChange = computed(
    () => session.role !== null && (COMMAND_ROLES['zone.declare'] as readonly string[]).includes(session.role),
  )

  function close(): void {
    const next = waiting.value.shift()
    known.value = null
    form.value = next === undefined ? null : formOf(next)
  }
  async function give(draft: Parameters<typeof journeys.give>[0]): Promise<void> {
    busy.value = true
    const answer = await journeys.give(draft)
    busy.value = false
    if (answer.ok) close()
  }
  return {
    zones,
    form,
    known,
    busy,
    waiting,
    read,
    datum,
    mayChange,
    begin() {
      known.value = null
      form.value = emptyForm()
    },
    change(zone) {
      known.value = zone
      form.value = formOf(zone)
    },
    close,
    place(at) {
      if (form.value !== null) form.value.rings = withPoint(form.value, at)
    },
    async save() {
      const zone = form.value && draftOf(form.value)
      if (!zone) return
      const before = known.value
      await give(
        before === null
          ? { type: 'zone.declare', zone }
          : { type: 'zone.change', zoneId: before.id, revision: before.revision, zone },
      )
    },
    async remove(reason) {
      if (known.value !== null) await give({ type: 'zone.remove', zoneId: known.value.id, reason })
    },
    async take(file, unnamed) {
      const result = await readApart(file)
      if (!result.ok) {
        read.value = { fault: result.fault, detail: result.detail }
        return
      }
      const found = zonesOf(result.file, unnamed, datum.value)
      read.value = { shapes: found.shapes.length, skipped: found.skipped }
      if (found.shapes.length === 0) return
      waiting.value = [...found.shapes]
      close()
    },
  }
}
