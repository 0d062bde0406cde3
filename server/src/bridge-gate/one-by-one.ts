import type { z } from 'zod'

/**
 * The items that fit the schema and belong to the sender, in order, and how many did not: one drone whose words make no
 * sense must not hide the others.
 */
export function oneByOne<T>(
  schema: z.ZodType<T>,
  items: readonly unknown[],
  mine: (item: T) => boolean = () => true,
): { readonly taken: T[]; readonly refused: number } {
  const taken = items.flatMap((item) => {
    const parsed = schema.safeParse(item)
    return parsed.success && mine(parsed.data) ? [parsed.data] : []
  })
  return { taken, refused: items.length - taken.length }
}
