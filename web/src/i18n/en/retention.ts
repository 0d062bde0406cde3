export const retention = {
  rule: {
    person: 'missing person and call',
    messages: 'messages and free text',
    tracks: 'tracks and searched ground',
    acts: 'names of staff and records of their acts',
  },
}
