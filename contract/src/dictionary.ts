import { z } from 'zod'
import { contrastOf } from './contrast.ts'
import { IncidentClass, Priority, type Incident } from './incidents.ts'
import { Need } from './recommendation.ts'
import { RoomRule } from './room-rules.ts'

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, at most 40')
/** One thing in both languages of the console. */
export const Words = z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) })
export type Words = z.infer<typeof Words>
const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #c4221a')

/** Shapes that levels are told apart by, on screens and on the map: nobody has to see the colour. */
export const LevelShape = z.enum(['triangle', 'diamond', 'circle', 'square', 'pentagon', 'hexagon'])
export type LevelShape = z.infer<typeof LevelShape>

/** One level of incidents as an agency calls it. `priority` is what clocks, alarms and offers go by. */
export const IncidentLevel = z.strictObject({
  id: Slug,
  name: Words,
  priority: Priority,
  shape: LevelShape,
  colour: z.strictObject({ night: Colour, day: Colour }),
})
export type IncidentLevel = z.infer<typeof IncidentLevel>

const Sentence = z.strictObject({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(160) })
export const ChecklistEntry = z.strictObject({ id: Slug, name: Sentence })
export type ChecklistEntry = z.infer<typeof ChecklistEntry>

/** One category of incidents as an agency calls it. `class` is what the system itself goes by: who may be searched for, who is asked. */
export const CategoryEntry = z.strictObject({
  id: Slug,
  class: IncidentClass,
  name: Words,
  /** What has to be thought of, in order. */
  checklist: z.array(ChecklistEntry).max(30),
  /** What it asks for, instead of the defaults of its class. */
  needs: z.array(Need).max(12).optional(),
})
export type CategoryEntry = z.infer<typeof CategoryEntry>

/** Help that is asked for from outside the own units, and how soon an answer and an arrival are expected, minutes. */
export const SupportEntry = z.strictObject({
  id: Slug,
  name: Words,
  acceptWithinMin: z.number().min(1).max(600),
  arriveWithinMin: z.number().min(1).max(1440),
})
export type SupportEntry = z.infer<typeof SupportEntry>

/** An expert who can be brought into a room, and for how long, minutes. */
export const AdviserEntry = z.strictObject({ id: Slug, name: Words, minutes: z.number().int().min(5).max(1440) })
export type AdviserEntry = z.infer<typeof AdviserEntry>

export const RoomTimes = z.strictObject({
  /** An urgent message is acknowledged by everyone within so many seconds. */
  acknowledgeWithinS: z.number().int().min(15).max(3600),
  /** Offered when a roll is called. */
  rollCallWithinS: z.number().int().min(15).max(3600),
  /** A room stays readable so many hours after its incident was closed. */
  keepClosedH: z.number().min(0).max(720),
})
export type RoomTimes = z.infer<typeof RoomTimes>

const Sections = z.strictObject({
  /** Most urgent first. */
  levels: z.array(IncidentLevel).min(3).max(8),
  categories: z.array(CategoryEntry).min(1).max(80),
  roomRules: z.array(RoomRule).max(20),
  roomTimes: RoomTimes,
  advisers: z.array(AdviserEntry).max(40),
  support: z.array(SupportEntry).max(40),
})

/** Words, levels, colours and rules of an agency, in one file. Every section may be left out: then the defaults hold. */
export const Dictionary = Sections.superRefine((given, ctx) => {
  for (const { path, message } of faultsOf(given)) ctx.addIssue({ code: 'custom', path, message })
})
export type Dictionary = z.infer<typeof Sections>
/** The file as it is written: of the times every one may be left out too. */
export const DictionaryFile = Sections.extend({ roomTimes: RoomTimes.partial() }).partial()
export type DictionaryFile = z.infer<typeof DictionaryFile>

/** Grounds that a level's colour is seen on; shapes need a contrast of 3 to 1 (WCAG 2.2, 1.4.11). */
const GROUNDS = { night: ['#10181d', '#162127', '#1d2a31'], day: ['#ffffff', '#eef2f3', '#f6f8f9'] } as const
const LEAST_CONTRAST = 3
const URGENCY = Priority.options

interface Fault {
  path: (string | number)[]
  message: string
}

function faultsOf({ levels, categories, roomRules, advisers, support }: z.infer<typeof Sections>): Fault[] {
  const faults: Fault[] = []
  for (const [name, list] of Object.entries({ levels, categories, roomRules, advisers, support }))
    list.forEach(({ id }, i) => {
      if (list.findIndex((other) => other.id === id) < i)
        faults.push({ path: [name, i, 'id'], message: `is there twice: ${id}` })
    })
  levels.forEach(({ shape, priority, colour }, i) => {
    if (levels.findIndex((other) => other.shape === shape) < i)
      faults.push({ path: ['levels', i, 'shape'], message: `another level has it: nobody may have to see the colour` })
    const before = levels[i - 1]
    if (before !== undefined && URGENCY.indexOf(before.priority) > URGENCY.indexOf(priority))
      faults.push({ path: ['levels', i, 'priority'], message: `is more urgent than that of the level before it` })
    for (const theme of ['night', 'day'] as const)
      for (const ground of GROUNDS[theme]) {
        const ratio = contrastOf(colour[theme], ground)
        if (ratio >= LEAST_CONTRAST) continue
        const message = `has a contrast of ${ratio.toFixed(1)} on ${ground}: at least ${LEAST_CONTRAST} is needed`
        faults.push({ path: ['levels', i, 'colour', theme], message })
        break
      }
  })
  for (const priority of Priority.options)
    if (!levels.some((level) => level.priority === priority))
      faults.push({ path: ['levels'], message: `no level has priority ${priority}: alarms and feeds need one` })
  for (const name of IncidentClass.options)
    if (!categories.some((category) => category.class === name))
      faults.push({ path: ['categories'], message: `none has class ${name}: reports of machines and feeds need one` })
  categories.forEach(({ checklist }, i) =>
    checklist.forEach(({ id }, k) => {
      if (checklist.findIndex((other) => other.id === id) < k)
        faults.push({ path: ['categories', i, 'checklist', k, 'id'], message: `is there twice: ${id}` })
    }),
  )
  roomRules.forEach(({ when }, i) => {
    for (const id of when.levels)
      if (!levels.some((level) => level.id === id))
        faults.push({ path: ['roomRules', i, 'when', 'levels'], message: `no level ${id}` })
    for (const id of when.categories)
      if (!categories.some((category) => category.id === id))
        faults.push({ path: ['roomRules', i, 'when', 'categories'], message: `no category ${id}` })
  })
  return faults
}

/** Class of an incident, also of one from before there were dictionaries. */
export function classOf({ class: given, category }: Pick<Incident, 'category' | 'class'>): IncidentClass {
  if (given !== undefined) return given
  const known = IncidentClass.safeParse(category)
  return known.success ? known.data : 'other'
}

/** Whether somebody is looked for: a search can be opened for it, and a unit can say that it has found the person. */
export const somebodyLost = (incident: Pick<Incident, 'category' | 'class'>): boolean =>
  ['missing-person', 'person-in-water'].includes(classOf(incident))

/** Category that a report names: by its id, or by the name of a class, which means the first category of it. Null: unknown. */
export const categoryNamed = ({ categories }: Pick<Dictionary, 'categories'>, name: string): CategoryEntry | null =>
  categories.find(({ id }) => id === name) ?? categories.find((entry) => entry.class === name) ?? null

/** Level of an incident: its own, or the first of its priority. Null only where the dictionary no longer has either. */
export const levelOf = (
  { levels }: Pick<Dictionary, 'levels'>,
  { level, priority }: Pick<Incident, 'level' | 'priority'>,
): IncidentLevel | null =>
  levels.find(({ id }) => id === level) ?? levels.find((entry) => entry.priority === priority) ?? null
