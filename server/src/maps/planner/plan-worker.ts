// Runs in a thread of its own: what takes long must not hold up the thread that takes orders.
import { planJob } from './plan-job.ts'

export { planJob as run }
