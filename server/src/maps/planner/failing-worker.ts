// A thread for tests: it plans, unless its question asks it to fail in one of the ways in which a thread can.
import { drawJob, type DrawJob } from '../stories.ts'
import { areaJob, type AreaJob, planJob, type PlanJob } from './plan-job.ts'

type Fail = { fail?: 'throws' | 'dies' | 'hangs' }

function failAs({ fail }: Fail): void {
  if (fail === 'throws') throw new RangeError('drones: none')
  if (fail === 'dies') process.exit(9)
  if (fail === 'hangs') for (;;);
}

export function run(job: PlanJob & Fail): unknown {
  failAs(job)
  return planJob(job)
}

export function draw(job: DrawJob & Fail): unknown {
  failAs(job)
  return drawJob(job)
}

export function area(job: AreaJob & Fail): unknown {
  failAs(job)
  return areaJob(job)
}
