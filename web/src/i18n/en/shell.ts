export const shell = {
  what: 'Island operations',
  place: { dispatch: 'Dispatch', search: 'Search', fly: 'Fly', wall: 'Wall', review: 'Review', settings: 'Settings' },
  zone: 'China time',
  signOut: 'Sign out',
  theme: { night: 'Night', day: 'Day', turn: 'Switch day and night' },
  signIn: {
    title: 'Sign in',
    account: 'Account',
    password: 'Password',
    go: 'Sign in',
    busy: 'Signing in',
  },
  enrol: {
    title: 'Set up the first administrator',
    explain: 'This link works once. Choose an account and a password of at least 12 characters.',
    name: 'Display name',
    go: 'Set up',
    noSecret: 'The link is incomplete. Copy it again from what the server printed at its start.',
    done: 'Done. Please sign in.',
  },
} as const
