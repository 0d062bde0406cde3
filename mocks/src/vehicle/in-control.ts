/** Which ground station a vehicle obeys, in the manner of MAVLink's draft of operator control; the same on both autopilots. */
export interface OperatorControl {
  /** 0: none, and then anybody. */
  readonly main: number
  readonly others: readonly number[]
  readonly takeoverAllowed: boolean
}
export const UNCONTROLLED: OperatorControl = { main: 0, others: [], takeoverAllowed: false }
