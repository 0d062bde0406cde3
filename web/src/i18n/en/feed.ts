/** State of the console's own feed. */
export const feed = {
  live: 'Picture live',
  behind: 'Picture behind',
  lost: 'Picture lost',
  connecting: 'Connecting',
  age: '{age} ago',
  lostTitle: 'No picture for {age}',
  lostMeaning:
    'Everything on this screen stands as it was at {time}. Positions, states and alarms may have changed since: do not decide on them.',
  lostAction:
    'The console is reconnecting by itself (try {n}) and will catch up on all it missed. Until then, confirm by radio.',
  lostFirst: 'The console reconnects by itself and will catch up on all it missed. Until then, confirm by radio.',
  connectingTitle: 'Connecting to the server',
  cause: {
    'server-silent': 'the server does not answer',
    'connection-cut': 'the connection to the server was cut',
    refused: 'the server refused the connection',
    'page-slept': 'this page stood still and is catching up',
    'catching-up': 'catching up on {n} entries',
  },
} as const
