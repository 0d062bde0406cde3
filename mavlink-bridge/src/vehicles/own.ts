/** Our name on the links: one ground station id for the command centre, and the component of a mission planner. */
export const OWN = { sys: 255, comp: 190 } as const
