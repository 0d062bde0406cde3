/** Why something did not work, and what to do. */
export const problem = {
  offline: 'This did not reach the server. Look at the state of the picture and try again.',
  unreadable: 'The answer of the server cannot be read ({status}). Tell your administrator.',
  other: 'The server refused ({code}): {detail}',
} as const
