import type { ConsignmentFix } from '@skerry/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Where vehicles of consignments are now, by the id of the consignment; told whole, newest wins. */
export const useConsignmentPlaces = defineStore('consignment-places', () => {
  const places = shallowRef<ReadonlyMap<string, ConsignmentFix>>(new Map())
  function take(fixes: readonly ConsignmentFix[]): void {
    places.value = new Map(fixes.map((fix) => [fix.consignmentId, fix]))
  }
  return { places, take }
})
