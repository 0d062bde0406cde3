export const fly = {} as const
