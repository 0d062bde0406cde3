import type {
  CapCategory,
  CapCertainty,
  CapMsgType,
  CapResponse,
  CapScope,
  CapSeverity,
  CapStatus,
  CapUrgency,
  LngLat,
} from '@skerry/contract'

export const CAP_NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2'

/** An earlier message: together unique in the world. */
export interface CapReference {
  sender: string
  identifier: string
  sentMs: number
}

/** A code of some scheme, as `SAME` has codes of counties. */
export interface CapCode {
  scheme: string
  code: string
}

export interface CapArea {
  areaDesc: string
  /** Corners in order, without the first again at the end. */
  polygons: LngLat[][]
  circles: { centre: LngLat; radiusM: number }[]
  geocodes: CapCode[]
}

export interface CapInfo {
  /** RFC 3066; `en-US` where a message does not say. */
  language: string
  categories: CapCategory[]
  event: string
  responseTypes: CapResponse[]
  urgency: CapUrgency
  severity: CapSeverity
  certainty: CapCertainty
  eventCodes: CapCode[]
  effectiveMs: number | null
  onsetMs: number | null
  expiresMs: number | null
  headline: string | null
  description: string | null
  instruction: string | null
  areas: CapArea[]
}

/**
 * A CAP message: what of it is read and written. `contact`, `senderName`, `addresses` and resources are not among it:
 * they name people or lie elsewhere.
 */
export interface CapAlert extends CapReference {
  status: CapStatus
  msgType: CapMsgType
  scope: CapScope
  /** Required for a restricted scope. */
  restriction: string | null
  note: string | null
  references: CapReference[]
  infos: CapInfo[]
  /** Carries an XML signature. Nobody has checked it. */
  signed: boolean
}
