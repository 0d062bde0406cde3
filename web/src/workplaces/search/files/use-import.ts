import type { Datum, Search, Unit } from '@skerry/contract'
import type { FileFault, ReadFile } from '@skerry/exchange'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { z } from 'zod'
import { request, type Failure } from '../../../api/request.ts'
import { sendCommand } from '../../../api/send-command.ts'
import { readApart } from '../../../files/read-apart.ts'
import { failureText } from '../../../format/failure.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { intentOf, rowsOf, type ClueTrust, type ImportRow, type Intent } from './import-plan.ts'

/** A file that a coordinator looks at before anything of it is taken over. */
export interface Import {
  name: Ref<string | null>
  fault: Ref<{ fault: FileFault; detail: string | null } | null>
  rows: Ref<readonly ImportRow[]>
  left: ComputedRef<ReadFile['left']>
  datum: Ref<Datum>
  trust: Ref<ClueTrust>
  reading: Ref<boolean>
  taking: Ref<boolean>
  open: (file: File) => Promise<void>
  change: (keys: readonly number[], change: Partial<Pick<ImportRow, 'as' | 'chosen' | 'unitId'>>) => void
  /** Sends what is chosen, one after the other; each row then says what became of it. */
  take: () => Promise<void>
  close: () => void
}

const Taken = z.object({ accepted: z.number(), refused: z.record(z.string(), z.number()) })

export function useImport(of: { search: () => Search; units: () => Iterable<Unit>; nowMs: () => number }): Import {
  const { t } = useWords()
  const name = ref<string | null>(null)
  const file = shallowRef<ReadFile | null>(null)
  const fault = ref<Import['fault']['value']>(null)
  const rows = shallowRef<readonly ImportRow[]>([])
  const datum = ref<Datum>('wgs84')
  const trust = ref<ClueTrust>({ errorM: 30, certainty: 50, ageMin: 60 })
  const reading = ref(false)
  const taking = ref(false)

  // Another datum moves everything: what was chosen begins anew.
  watch([file, datum], () => {
    rows.value = file.value === null ? [] : rowsOf(file.value, datum.value, of.units())
  })

  function put(key: number, state: ImportRow['state']): void {
    rows.value = rows.value.map((row) => (row.key === key ? { ...row, state } : row))
  }

  async function send(intent: Intent): Promise<ImportRow['state']> {
    if (intent.kind === 'fault') return { at: 'refused', why: t(`search.files.fault.${intent.fault}`) }
    const why = (failure: Failure): ImportRow['state'] => ({ at: 'refused', why: failureText(failure, t) })
    if (intent.kind === 'command') {
      const answer = await sendCommand(intent.draft)
      return answer.ok ? { at: 'taken', note: '' } : why(answer.failure)
    }
    const answer = await request('POST', `/api/searches/${of.search().id}/tracks`, intent.body, Taken)
    if (!answer.ok) return why(answer.failure)
    const { accepted, refused } = answer.value
    const lost = Object.values(refused).reduce((sum, count) => sum + count, 0)
    return { at: 'taken', note: t('search.files.trackTaken', { n: accepted, lost }) }
  }

  return {
    name,
    fault,
    rows,
    left: computed(() => file.value?.left ?? []),
    datum,
    trust,
    reading,
    taking,
    async open(given) {
      reading.value = true
      name.value = given.name
      const result = await readApart(given)
      reading.value = false
      fault.value = result.ok ? null : { fault: result.fault, detail: result.detail }
      file.value = result.ok ? result.file : null
    },
    change(keys, change) {
      rows.value = rows.value.map((row) =>
        keys.includes(row.key) && row.state.at !== 'taken' ? { ...row, ...change, state: { at: 'waiting' } } : row,
      )
    },
    async take() {
      taking.value = true
      for (const row of rows.value) {
        if (!row.chosen || row.state.at === 'taken') continue
        const intent = intentOf(row, of.search().id, t('search.files.unnamed'), trust.value, of.nowMs(), () =>
          crypto.randomUUID(),
        )
        put(row.key, await send(intent))
      }
      taking.value = false
    },
    close() {
      name.value = null
      file.value = null
      fault.value = null
    },
  }
}
