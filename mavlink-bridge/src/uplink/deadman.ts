/**
 * Whether the operator side is alive. When it is silent for longer than the policy, the bridge stops its own heartbeat
 * on purpose, so that the aircraft notice and their own failsafe works; a bridge that kept beating would hold them in
 * the air for nobody.
 */
export interface Deadman {
  readonly lastAliveAtMs: number
  readonly policyMs: number
}
export const operatorAlive = ({ lastAliveAtMs, policyMs }: Deadman, nowMs: number): boolean =>
  nowMs - lastAliveAtMs <= policyMs
