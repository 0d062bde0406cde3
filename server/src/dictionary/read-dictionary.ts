import { DEFAULT_DICTIONARY, Dictionary, DictionaryFile, readConfigText } from '@skerry/contract'
import type { z } from 'zod'

type Whole = z.input<typeof Dictionary>
/** A section that a file leaves out has the default, and so has a time; what comes of it must fit together. */
const Text = DictionaryFile.transform(
  (file) =>
    ({
      ...DEFAULT_DICTIONARY,
      ...file,
      roomTimes: { ...DEFAULT_DICTIONARY.roomTimes, ...file.roomTimes },
    }) as Whole,
).pipe(Dictionary)

/** @throws Error of one line that names the field at fault and what it must be */
export const readDictionary = (text: string): Dictionary => readConfigText(text, Text)
