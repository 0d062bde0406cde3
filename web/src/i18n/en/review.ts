export const review = {
  choose: 'Choose an incident to see all that happened in it: what the journal says and nothing else.',
  empty: 'There is no incident yet.',
  incidents: 'Incidents',
  duration: 'took {age}',
  past: 'Earlier ones, out of the live picture',
  find: 'Find in the history: number, place, words',
  older: 'Earlier still',
  pastFailed: 'The history could not be read.',
  pastNone: 'Nothing in the history fits.',
  openSearch: 'Open the search',
} as const
