// Says what of a product's documents waits for signatures, and what to do about it; the end of every command that changes keys.
import type { Schemas } from '@fairway/client'

export function whatWaits({ productId, roles }: Schemas['ProductKeys']) {
  const waiting = roles.flatMap(({ role, waiting: document }) => (document ? [{ role, ...document }] : []))
  if (waiting.length === 0) return 'Nothing waits: everything is in force.'
  const lines = waiting.map(({ role, version, missing }) =>
    missing > 0
      ? `${role} ${version} waits for ${missing} ${missing === 1 ? 'signature' : 'signatures'}.`
      : `${role} ${version} has its signatures, and waits for another document.`,
  )
  return [
    ...lines,
    'What is in force goes on meanwhile.',
    `Next: fairway keys sign ${productId} --key FILE, by whoever has a key.`,
  ].join('\n')
}
