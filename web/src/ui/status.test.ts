// Every state has a word, and every word a look.
import { expect, test } from 'vitest'
import { status } from '../words/en/status.ts'
import { STATUS_LOOKS } from './status.tsx'

test.each(Object.keys(STATUS_LOOKS))('%s: each state has a word, and each word a look', (kind) => {
  const words: Record<string, Record<string, string>> = status

  expect(Object.keys(words[kind] ?? {}).toSorted()).toEqual(Object.keys(STATUS_LOOKS[kind] ?? {}).toSorted())
})
