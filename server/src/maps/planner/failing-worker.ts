// A thread for tests: it plans, unless its question asks it to fail in one of the ways in which a thread can.
import { planJob, type PlanJob } from './plan-job.ts'

export function run(job: PlanJob & { fail?: 'throws' | 'dies' | 'hangs' }): unknown {
  if (job.fail === 'throws') throw new RangeError('drones: none')
  if (job.fail === 'dies') process.exit(9)
  if (job.fail === 'hangs') for (;;);
  return planJob(job)
}
