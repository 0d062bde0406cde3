import type { zh } from './zh/index.ts'

/** Same tree with every leaf a text of its own language. */
export type WordsLike<T> = { readonly [K in keyof T]: T[K] extends string ? string : WordsLike<T[K]> }

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

/** Every key the console has words for, for example `feed.lost`. A key that is not here does not compile. */
export type WordKey = Leaves<typeof zh>

/** Words for a key in the language of the screen; `{name}` places are filled from `named`. */
export type Translate = (key: WordKey, named?: Record<string, string | number>) => string
