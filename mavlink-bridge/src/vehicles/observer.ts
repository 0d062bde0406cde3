import type { TypedName } from '../wire/decode.ts'
import type { TypedMessages } from '../wire/typed-messages.ts'
import type { Vehicle } from './vehicle.ts'

/** How one kind of message changes what is known; `comp` is the component that said it. */
export type Observer<N extends TypedName> = (
  vehicle: Vehicle,
  fields: Readonly<TypedMessages[N]>,
  atMs: number,
  comp: number,
) => Vehicle
export type Observers = { readonly [N in TypedName]?: Observer<N> }
