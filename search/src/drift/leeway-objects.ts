/** Leeway of one kind of drifting object along one axis, as fitted at sea against the 10 m wind. */
export interface LeewayFit {
  /** Percent of the wind speed. */
  readonly slopePct: number
  /** cm/s. */
  readonly offsetCmps: number
  /** Standard deviation of the fit, cm/s. */
  readonly stdCmps: number
}

/** Leeway coefficients of one class. Crosswind is positive to the right of downwind (Allen). */
export interface LeewayObject {
  readonly id: string
  /** English name of the taxonomy; a screen translates by `id`. */
  readonly label: string
  readonly downwind: LeewayFit
  readonly crosswind: { readonly right: LeewayFit; readonly left: LeewayFit }
}

/** id | downwind | crosswind right | crosswind left (`mirror`: the right one with the other sign) | name. */
const TABLE = `
PIW-1 | 0.96 0 12 | 0.54 0 9.4 | mirror | Person-in-water (PIW), unknown state (mean values)
PIW-2 | 0.48 0 8.3 | 0.15 0 6.7 | mirror | PIW, vertical PFD type III conscious
PIW-3 | 1.6 -3.98 2.42 | 0.13 0.33 2.11 | mirror | PIW, sitting, PFD type I or II
PIW-4 | 1.71 1.12 3.93 | 1.36 -3.3 1.71 | -0.13 -2.65 1.62 | PIW, survival suit (face up)
PIW-5 | 0.63 0 5.3 | 0.31 0 4.5 | mirror | PIW, scuba suit (face up)
PIW-6 | 1.117 10.2 3.04 | 0.04 3.9 4.05 | mirror | PIW, deceased (face down)
LIFE-RAFT-DB-10 | 3.52 -2.5 6.1 | 0.62 -3 3.5 | -0.45 -0.2 3.6 | Life raft, deep ballast (DB) system, general, unknown capacity and loading (mean values)
LIFE-RAFT-DB-11 | 3.5 -1.8 6.4 | 0.78 -3.6 3.6 | -0.47 -0.1 3.9 | 4-14 person capacity, deep ballast system, canopy (average)
LIFE-RAFT-DB-12 | 3.75 -2.3 4.4 | 0.78 -3.6 3.6 | -0.47 -0.1 3.9 | 4-14 person capacity, deep ballast system, no drogue
LIFE-RAFT-DB-13 | 3.75 -2.32 4.51 | 1 -5.31 3.91 | -0.47 -0.14 3.91 | 4-14 person capacity, deep ballast system, canopy, no drogue, light loading
LIFE-RAFT-DB-14 | 3.59 -1.92 2.56 | 0.48 -0.16 2.17 | mirror | 4-14 person capacity, deep ballast system, no drogue, heavy loading
LIFE-RAFT-DB-15 | 1.91 0.9 1.6 | 0.78 -3.6 3.6 | -0.47 -0.1 3.9 | 4-14 person capacity, deep ballast system, canopy, with drogue (average)
LIFE-RAFT-DB-16 | 1.95 -0.53 3.59 | 0.21 1.29 2.15 | mirror | 4-14 person capacity, deep ballast system, canopy, with drogue, light loading
LIFE-RAFT-DB-17 | 2.19 -0.96 1.01 | 1.39 -7.9 1.46 | mirror | 4-14 person capacity, deep ballast system, canopy, with drogue, heavy loading
LIFE-RAFT-DB-18 | 3.68 -4.96 5.37 | 0.34 -1.85 2.5 | -0.49 1.58 2.63 | 15-50 person capacity, deep ballast system, canopy, general (mean values)
LIFE-RAFT-DB-19 | 3.93 -3.3 3.01 | 0.38 -3.33 2.16 | -0.59 1.59 2.28 | 15-50 person capacity, deep ballast system, canopy, no drogue, light loading
LIFE-RAFT-DB-20 | 3.15 -4.49 3.35 | 0.39 -1.8 2.5 | -0.38 2.98 1.64 | 15-50 person capacity, deep ballast system, canopy, with drogue, heavy loading
LIFE-RAFT-DB-21 | 0.88 0 2.5 | 0.18 0 2.4 | mirror | Deep ballast system, general (mean values), capsized
LIFE-RAFT-DB-22 | 0.99 0 2.4 | 0.14 0 2.3 | mirror | Deep ballast system, general (mean values), swamped
LIFE-RAFT-SB-6 | 2.68 0 12 | 1.1 0 9.4 | mirror | Life-raft, shallow ballast (SB) system AND canopy, general (mean values)
LIFE-RAFT-SB-7 | 2.96 0 1.5 | 1.21 0 1.7 | mirror | Life-raft, shallow ballast system, canopy, no drogue
LIFE-RAFT-SB-8 | 2.31 0 4 | 0.95 0 3.5 | mirror | Life-raft, shallow ballast system AND canopy, with drogue
LIFE-RAFT-SB-9 | 1.68 0 2.4 | 0.24 0 2.4 | mirror | Life-raft, shallow ballast system AND canopy, capsized
LIFE-RAFT-SB-10 | 3.3 -3.9 4.2 | 0.5 7 5.7 | 0.1 -6.2 3.6 | Life Raft - Shallow ballast, canopy, Navy Sub Escape (SEIE) 1-man raft, NO drogue
LIFE-RAFT-SB-11 | 1.7 -3.9 4.2 | 0 5.7 3.3 | 0 -3.4 2.2 | Life Raft - Shallow ballast, canopy, Navy Sub Escape (SEIE) 1-man raft, with drogue
LIFE-RAFT-NB-1 | 3.7 0 12 | 1.98 0 9.4 | mirror | Life-raft, no ballast (NB) system, general (mean values)
LIFE-RAFT-NB-2 | 5.34 9.91 9.82 | 2.26 1.04 9.08 | mirror | Life-raft, no ballast system, no canopy, no drogue
LIFE-RAFT-NB-3 | 3.15 -4.47 4 | 1.51 0 5 | mirror | Life-raft, no ballast system, no canopy, with drogue
LIFE-RAFT-NB-4 | 3.39 0 2.4 | 1.49 0 2.4 | mirror | Life-raft, no ballast system, with canopy, no drogue
LIFE-RAFT-NB-5 | 1.21 0 12 | 0.92 0 9.4 | mirror | Life-raft, no ballast system, with canopy, with drogue
USCG-RESCUE | 2.48 0 3.8 | 0.32 0 3.4 | mirror | Survival Craft - USCG Sea Rescue Kit - 3 ballasted life rafts and 300 meter of line
AVIATION-1 | 3.39 0 2.4 | 1.49 0 2.4 | mirror | Life-raft, 4-6 person capacity, no ballast, with canopy, no drogue
AVIATION-2 | 2.71 0 3.8 | 0.72 0 3.4 | mirror | Evacuation slide with life-raft, 46 person capacity
LIFE-CAPSULE | 3.52 0 1.9 | 1.44 0 2 | mirror | Survival Craft - SOLAS Hard Shell Life Capsule, 22 man
OVATEK-CRAFT-1 | 3.51 3.49 5.66 | 1.08 -1.24 5.35 | -1.721 4.67 6.24 | Survival Craft - Ovatek Hard Shell Life Raft, 4 and 7-man, lightly loaded, no drogue (average)
OVATEK-CRAFT-2 | 3.86 0.01 2.75 | 0.32 1.31 2.62 | -0.19 -2.67 2.81 | Survival Craft - Ovatek Hard Shell Life Raft, 4 man, lightly loaded, no drogue
OVATEK-CRAFT-3 | 3.26 6.16 6.65 | 2.32 -7.33 4.77 | -2.1 6.02 5.35 | Survival Craft - Ovatek Hard Shell Life Raft, 7 man, lightly loaded, no drogue
OVATEK-CRAFT-4 | 1.04 2.99 2.13 | 0.034 1.57 1.3 | -0.02 -0.96 1.17 | Survival Craft - Ovatek Hard Shell Life Raft, 4 and 7-man, fully loaded, drogued (average)
OVATEK-CRAFT-5 | 1.09 2.31 1.59 | 0.027 0.95 0.99 | -0.07 -0.79 1.31 | Survival Craft - Ovatek Hard Shell Life Raft, 4 man, fully loaded, drogued
OVATEK-CRAFT-6 | 0.995 3.46 2.34 | 0.023 -1.86 1.32 | -0.005 -0.95 0.88 | Survival Craft - Ovatek Hard Shell Life Raft, 7 man, fully loaded, drogued
PERSON-POWERED-VESSEL-1 | 1.16 11.12 4.12 | 0.41 0 4.39 | mirror | Sea Kayak with person on aft deck
PERSON-POWERED-VESSEL-2 | 1.93 0 8.3 | 0.51 0 6.7 | mirror | Surf board with person
PERSON-POWERED-VESSEL-3 | 2.25 5.03 2.5 | 0.69 -1.3 2.96 | mirror | Windsurfer with mast and sail in water
SKIFF-1 | 3.15 0 2.2 | 1.29 0 2.2 | mirror | Skiff - modified-v, cathedral-hull, runabout outboard powerboat
SKIFF-2 | 2.87 3.98 3.33 | 0.32 -2.93 2.53 | -0.62 1.03 3.05 | Skiff, V-hull
SKIFF-3 | 1.65 0 3.1 | 0.39 0 2.9 | mirror | Skiffs, swamped and capsized
SKIFF-4 | 2.52 13.37 3.87 | 1.07 -3.58 5.82 | mirror | Skiff - v-hull bow to stern (aluminum, Norway)
SPORT-BOAT | 6.54 0 3 | 2.19 0 2.8 | mirror | Sport boat, no canvas (*1), modified V-hull
SPORT-FISHER | 5.55 0 3.3 | 2.27 0 3 | mirror | Sport fisher, center console (*2), open cockpit
FISHING-VESSEL-1 | 2.47 0 12 | 2.76 0 9.4 | mirror | Fishing vessel, general (mean values)
FISHING-VESSEL-2 | 2.67 0 8.3 | 2.98 0 6.7 | mirror | Fishing vessel, Hawaiian Sampan (*3)
FISHING-VESSEL-3 | 2.8 0 8.3 | 3.13 0 6.7 | mirror | Fishing vessel, Japanese side-stern trawler
FISHING-VESSEL-4 | 2.47 0 8.3 | 2.76 0 6.7 | mirror | Fishing vessel, Japanese Longliner (*3)
FISHING-VESSEL-5 | 1.8 0 3.79 | 2.01 0 3.3 | mirror | Fishing vessel, Korean fishing vessel (*4)
FISHING-VESSEL-6 | 3.72 -0.87 3.33 | 1.41 2 3.36 | mirror | Fishing vessel, Gill-netter with rear reel (*3)
COASTAL-FREIGHTER | 1.87 0 8.3 | 2.09 0 6.7 | mirror | Coastal freighter. (*5)
SAILBOAT-1 | 4.5 0 19.4 | 4.95 0 18.42 | -2.82 0 24.95 | Sailboat Mono-hull (Average)
SAILBOAT-2 | 3.94 0 19.62 | 3.98 0 12.6788 | -0.79 0 2.13 | Sailboat Mono-hull (Dismasted, Average)
SAILBOAT-3 | 6.27 0 9.22 | 4.01 0 12.34 | mirror | Sailboat Mono-hull (Dismasted - rudder amidships)
SAILBOAT-4 | 2.42 0 1.29 | 0.79 0 2.17 | -0.79 0 2.13 | Sailboat Mono-hull (Dismasted - rudder missing)
SAILBOAT-5 | 5.23 0 18.52 | 5.89 0 18.87 | -6.09 0 18.58 | Sailboat Mono-hull (Bare-masted, Average)
SAILBOAT-6 | 6.66 0 16.56 | 7.36 0 15.15 | -7.53 0 16.69 | Sailboat Mono-hull (Bare-masted, rudder amidships)
SAILBOAT-6b | 2.69 0 10.48 | 2.81 0 11.14 | -4.01 0 13.6608 | Sailboat Mono-hull (Bare-masted, rudder hove-to)
SAILBOAT-7 | 2.67 0 8.3 | 2.98 0 6.7 | mirror | Sailboat Mono-hull, fin keel, shallow draft (was SAILBOAT-2)
SAILBOAT-8 | 1.79 3.09 4.04 | 0.1 3.53 4.05 | mirror | Sunfish sailing dingy - Bare-masted, rudder missing
FV-DEBRIS | 1.97 0 8.3 | 0.36 0 6.7 | mirror | Fishing vessel debris
SLDMB | 0 0 0 | 0 0 0 | mirror | Self-locating datum marker buoy - no windage
SEPIRB | 0.4 -1.8 6 | 0 6.1 4.6 | 0 -4.6 4.6 | Navy Submarine EPIRB (SEPIRB)
BAIT-BOX-1 | 0.72 15.18 5.59 | 1.86 -5.26 4.2 | mirror | Bait/wharf box, holds a cubic metre of ice, mean values (*6)
BAIT-BOX-2 | 2.53 9.01 3.05 | 1.09 -2.76 4.14 | mirror | Bait/wharf box, holds a cubic metre of ice, lightly loaded
BAIT-BOX-3 | 1.15 7.94 3.17 | 1.48 -0.32 2.99 | mirror | Bait/wharf box, holds a cubic metre of ice, full loaded
OIL-DRUM | 0.75 2.66 2.83 | 0.48 2.88 3.92 | -0.45 -1.46 4.59 | 55-gallon (220 l) Oil Drum
CONTAINER-1 | 1.78 1.44 2.99 | 0.27 -2.44 2.31 | mirror | Scaled down (1:3) 40-ft Container (70% submerged)
CONTAINER-2 | 1.25 3.96 2.81 | 0.19 1.14 4.36 | mirror | 20-ft Container (80% submerged)
REFUGEE-RAFT-1 | 1.56 8.3 1.53 | 0.078 2.7 1.52 | mirror | Immigration vessel, Cuban refugee-raft, no sail (*7)
REFUGEE-RAFT-2 | 6.43 -3.47 3.63 | 2.22 0 7.12 | mirror | Immigration vessel, Cuban refugee-raft, with sail (*7)
`

const NUMBER = /^-?\d+(\.\d+)?$/

function fitOf(text: string): LeewayFit {
  const numbers = text.split(' ')
  if (numbers.length !== 3 || !numbers.every((each) => NUMBER.test(each))) throw new Error(`leeway table: ${text}`)
  const [slopePct, offsetCmps, stdCmps] = numbers.map(Number) as [number, number, number]
  return { slopePct, offsetCmps, stdCmps }
}

const mirrored = ({ slopePct, offsetCmps, stdCmps }: LeewayFit): LeewayFit => ({
  slopePct: -slopePct,
  offsetCmps: -offsetCmps,
  stdCmps,
})

function objectOf(line: string): LeewayObject {
  const [id, downwind, right, left, label] = line.split(' | ') as [string, string, string, string, string]
  const toTheRight = fitOf(right)
  return {
    id,
    label,
    downwind: fitOf(downwind),
    crosswind: { right: toTheRight, left: left === 'mirror' ? mirrored(toTheRight) : fitOf(left) },
  }
}

/**
 * The US Coast Guard's search and rescue classes: measured coefficients, facts of US Government reports; each as slope
 * (% of the wind), offset (cm/s) and deviation (cm/s).
 * Source: Allen & Plourde 1999 (CG-D-08-99), Allen 2005 (CG-D-05-05); the list of 2011-08-25.
 */
export const LEEWAY_OBJECTS: readonly LeewayObject[] = TABLE.trim().split('\n').map(objectOf)

/** The class of an id; RangeError that names the field for an unknown one. */
export function leewayObject(id: string): LeewayObject {
  const found = LEEWAY_OBJECTS.find((object) => object.id === id)
  if (!found) throw new RangeError(`object: must be a leeway class such as ${LEEWAY_OBJECTS[0]!.id}, not '${id}'`)
  return found
}
