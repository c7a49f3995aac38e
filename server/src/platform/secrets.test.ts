import { expect, test } from 'vitest'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets('a secret of thirty-two characters and more')

test('what is wrapped can be unwrapped, and looks different each time', () => {
  const wrapped = secrets.wrap('key:till', 'the private key ✓')

  expect(secrets.unwrap('key:till', wrapped)).toBe('the private key ✓')
  expect(wrapped).not.toContain('private')
  expect(secrets.wrap('key:till', 'the private key ✓')).not.toBe(wrapped)
})

test.each([
  ['moved to another place', (wrapped: string) => secrets.unwrap('key:other', wrapped)],
  // The first letter of the tag: the last one has bits that mean nothing.
  [
    'changed by one character',
    (wrapped: string) =>
      secrets.unwrap(
        'key:till',
        wrapped.replace(/[^.](?=[^.]*$)/, (first) => (first === 'A' ? 'B' : 'A')),
      ),
  ],
  [
    'opened with another secret',
    (wrapped: string) => createSecrets('another secret of thirty-two characters').unwrap('key:till', wrapped),
  ],
  ['cut', (wrapped: string) => secrets.unwrap('key:till', wrapped.slice(0, 20))],
])('what was wrapped cannot be opened when it was %s', (_title, open) => {
  expect(() => open(secrets.wrap('key:till', 'plain'))).toThrow(/cannot be opened/)
})

test('a mac holds for its purpose alone', () => {
  const mac = secrets.mac('nonce', 'text')

  expect(secrets.isMac('nonce', 'text', mac)).toBe(true)
  expect(secrets.isMac('token', 'text', mac)).toBe(false)
  expect(secrets.isMac('nonce', 'texT', mac)).toBe(false)
  expect(secrets.isMac('nonce', 'text', '')).toBe(false)
})
