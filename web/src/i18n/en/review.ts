export const review = {
  choose: 'Choose an incident to see all that happened in it: what the journal says and nothing else.',
  empty: 'There is no incident yet.',
  incidents: 'Incidents',
  duration: 'took {age}',
} as const
