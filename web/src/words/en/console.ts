// Words of the console's frame.
export const console = {
  today: 'Today',
  inbox: 'Inbox',
  timeline: 'Timeline',
  ship: 'Ship',
  releases: 'Releases',
  rollouts: 'Rollouts',
  run: 'Run',
  fleet: 'Fleet',
  help: 'Help',
  known_errors: 'Known errors',
  customers: 'Customers',
  settings: 'Settings',
  needs_you: '{{count}} need a person',
} as const
