/**
 * What a vehicle can do wrong in the mission exchange: the twenty modes of QGroundControl's mock link, and what comes
 * out of the blue while nobody exchanges anything. Item 1 of the words is the second item of the plan.
 */
export const FAULTS = {
  'list-never-answered': 'the request of the list is never answered',
  'first-list-unanswered': 'only the first request of the list is not answered',
  'item-0-never-sent': 'item 0 is never sent',
  'item-1-never-sent': 'item 1 is never sent',
  'item-1-at-second-request': 'item 1 is sent at the second request only',
  'item-0-wrong-sequence': 'the answer for item 0 carries a wrong sequence number',
  'item-1-wrong-sequence': 'the answer for item 1 carries a wrong sequence number',
  'error-for-item-0': 'an error instead of item 0',
  'error-for-item-1': 'an error instead of item 1',
  'count-never-answered': 'the count is never answered',
  'first-count-unanswered': 'only the first count is not answered',
  'item-1-never-requested': 'item 1 is never asked for',
  'first-request-wrong-sequence': 'the first request asks for an item far beyond the plan',
  'second-request-wrong-sequence': 'the second request asks for an item far beyond the plan',
  'error-for-request-0': 'an error instead of the first request',
  'error-for-request-1': 'an error instead of the second request',
  'final-ack-never': 'the final acknowledgement never comes',
  'final-ack-error': 'the final acknowledgement is an error',
  'final-ack-early': 'the final acknowledgement comes after the first item',
  'final-ack-lost-once': 'the final acknowledgement is lost once',
  'ack-while-idle': 'an acknowledgement out of the blue, each second',
  'item-while-idle': 'an item out of the blue, each second',
  'request-while-idle': 'a request out of the blue, each second',
} as const
export type FaultName = keyof typeof FAULTS
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[]
