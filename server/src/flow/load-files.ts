import { readFile } from 'node:fs/promises'
import { readHolidays, type HolidayCalendar } from './calendar.ts'
import { DEFAULT_FLOW_POLICY, readFlowPolicy, type FlowPolicy } from './policy.ts'

const HOLIDAYS = new URL('../../assets/holidays-cn.json', import.meta.url)

/** The user's own file, or what is usual. Rejects with one line that names the file and the field at fault. */
export const loadFlowPolicy = async (file: string | null): Promise<FlowPolicy> =>
  file === null ? DEFAULT_FLOW_POLICY : read(file, readFlowPolicy)

/** The user's own calendar, or the embedded one of China. Rejects likewise. */
export const loadHolidays = (file: string | null): Promise<HolidayCalendar> => read(file ?? HOLIDAYS, readHolidays)

async function read<T>(file: string | URL, reader: (text: string) => T): Promise<T> {
  const text = await readFile(file, 'utf8')
  try {
    return reader(text)
  } catch (error) {
    throw new Error(`${String(file)}: ${(error as Error).message}`, { cause: error })
  }
}
