/** Expected outcomes are values: a failure says its `kind`, broken invariants throw. */
export type Result<T, F extends { readonly kind: string }> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: F }

export const done = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })
export const failed = <F extends { readonly kind: string }>(error: F): { readonly ok: false; readonly error: F } => ({
  ok: false,
  error,
})
