export { fromWgs84, toWgs84 } from './geo/datum.ts'
export { distanceM } from './geo/distance.ts'
export { closed, opened, ringMiddle, signedArea2, wound } from './geo/rings.ts'
export { decodeAs, decodeText, ENCODINGS, type DecodedText, type Encoding } from './text/decode-text.ts'
export { REDACTED, REDACTED_KINDS, redactText, type RedactedKind, type Redaction } from './text/redact.ts'
export {
  childOf,
  childrenOf,
  readXmlDocument,
  textOf,
  type XmlFault,
  type XmlLimits,
  type XmlNode,
  type XmlResult,
} from './xml/read-document.ts'
export { xmlText } from './xml/xml-text.ts'
export { MOST_FILE_BYTES, readFile } from './files/read-file.ts'
export { readGeoJson } from './files/read-geojson.ts'
export {
  FILE_FAULTS,
  FORMATS,
  LEFT_OUT,
  MOST_THINGS,
  moved,
  type FileFault,
  type Format,
  type LeftOut,
  type ReadFile,
  type ReadResult,
  type Shape,
  type Thing,
  type TimedPoint,
} from './files/things.ts'
export { isoTime, type Look, type OutDocument, type OutFolder, type OutThing } from './files/document.ts'
export { writeGeoJson } from './files/write-geojson.ts'
export { writeGpx } from './files/write-gpx.ts'
export { writeKml, writeKmz } from './files/write-kml.ts'
export {
  CAP_NAMESPACE,
  type CapAlert,
  type CapArea,
  type CapCode,
  type CapInfo,
  type CapReference,
} from './cap/alert.ts'
export { readCap, readCapNode, type CapResult } from './cap/read-cap.ts'
export { capReference, capTime, writeCap } from './cap/write-cap.ts'
export { cutFlow, type CutFlow, type DriftNeeds, type FlowGap } from './coverage/cut-flow.ts'
export {
  COVERAGE_FAULTS,
  MOST_COVERAGE_BYTES,
  readCoverage,
  type CoverageFault,
  type CoverageResult,
  type WholeFlow,
} from './coverage/read-coverage.ts'
