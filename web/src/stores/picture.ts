import type { Change, Checkpoint, Entities, EntityKind, Snapshot, Update } from '@skerry/contract'
import { defineStore } from 'pinia'
import { computed, shallowRef, type ComputedRef } from 'vue'
import { applyChanges, emptyPicture } from './apply-changes.ts'

/** The picture of the events plane at one journal number. Knows no socket: the feed hands it what came. */
export const usePicture = defineStore('picture', () => {
  const all = shallowRef(emptyPicture())
  const seq = shallowRef<number | null>(null)
  const listeners = new Set<(updates: readonly Update[]) => void>()

  function takeSnapshot(snapshot: Snapshot): void {
    all.value = applyChanges(emptyPicture(), snapshot.changes)
    seq.value = snapshot.seq
  }

  /** Updates in journal order, without gaps: the feed has seen to that. */
  function takeUpdates(updates: readonly Update[]): void {
    const last = updates.at(-1)
    if (last === undefined) return
    const changes: Change[] = updates.flatMap((update) => update.changes)
    all.value = applyChanges(all.value, changes)
    seq.value = last.seq
    for (const listener of listeners) listener(updates)
  }

  /** Counts are perishable and come beside the journal. */
  function takeCheckpoints(checkpoints: readonly Checkpoint[]): void {
    all.value = applyChanges(
      all.value,
      checkpoints.map((value) => ({ kind: 'checkpoint', id: value.id, value })),
    )
  }

  /** Calls back with what just happened (not with a snapshot). Returns its own undo. */
  function onUpdates(listener: (updates: readonly Update[]) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  const of = <K extends EntityKind>(kind: K): ComputedRef<ReadonlyMap<string, Entities[K]>> =>
    computed(() => all.value[kind])

  return {
    /** The whole picture, for pure functions that read several kinds. */
    all: computed(() => all.value),
    seq,
    units: of('unit'),
    incidents: of('incident'),
    searches: of('search'),
    tasks: of('task'),
    candidates: of('candidate'),
    drones: of('drone'),
    commands: of('command'),
    checkpoints: of('checkpoint'),
    alarms: of('alarm'),
    sites: of('site'),
    calibrations: of('calibration'),
    distanceTables: of('distanceTable'),
    groundLayers: of('groundLayers'),
    zones: of('zone'),
    consignments: of('consignment'),
    cameras: of('camera'),
    acts: of('act'),
    holds: of('hold'),
    timers: of('timer'),
    rooms: of('room'),
    members: of('member'),
    messages: of('message'),
    dictionaries: of('dictionary'),
    takeSnapshot,
    takeUpdates,
    takeCheckpoints,
    onUpdates,
  }
})
