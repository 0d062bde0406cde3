/** Words of CAP 1.2 (OASIS, July 2010), as the standard spells them. */
export const CAP_STATUS = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const
export const CAP_MSG_TYPE = ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] as const
export const CAP_SCOPE = ['Public', 'Restricted', 'Private'] as const
export const CAP_CATEGORY = [
  'Geo',
  'Met',
  'Safety',
  'Security',
  'Rescue',
  'Fire',
  'Health',
  'Env',
  'Transport',
  'Infra',
  'CBRNE',
  'Other',
] as const
export const CAP_RESPONSE = [
  'Shelter',
  'Evacuate',
  'Prepare',
  'Execute',
  'Avoid',
  'Monitor',
  'Assess',
  'AllClear',
  'None',
] as const
export const CAP_URGENCY = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const
export const CAP_SEVERITY = ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] as const
export const CAP_CERTAINTY = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const

export type CapStatus = (typeof CAP_STATUS)[number]
export type CapMsgType = (typeof CAP_MSG_TYPE)[number]
export type CapScope = (typeof CAP_SCOPE)[number]
export type CapCategory = (typeof CAP_CATEGORY)[number]
export type CapResponse = (typeof CAP_RESPONSE)[number]
export type CapUrgency = (typeof CAP_URGENCY)[number]
export type CapSeverity = (typeof CAP_SEVERITY)[number]
export type CapCertainty = (typeof CAP_CERTAINTY)[number]
