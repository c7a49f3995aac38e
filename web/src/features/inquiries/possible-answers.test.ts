// What is shown as a possible answer, and what comes first.
import { describe, expect, it } from 'vitest'
import { markWords, possibleAnswers } from './possible-answers.ts'

const error = (id: string, title: string, on: string[]) => ({
  view: 'customer' as const,
  id,
  productId: 'till',
  title,
  description: '',
  affectedVersions: '<2.0.0',
  workaround: '',
  state: 'open' as const,
  fixedIn: [],
  createdAt: '',
  changedAt: '',
  affects: on.map((name) => ({ installationId: `in_${name}`, name, version: '1.0.0' })),
})

const ERRORS = [
  error('KE-1', 'Sign-in is slow', ['a', 'b']),
  error('KE-2', 'Labels stop printing', ['a']),
  error('KE-3', 'Labels are cut', ['b']),
]
const ids = (installationId: string | undefined, sentence: string) =>
  possibleAnswers(ERRORS, { installationId, sentence }).map(({ knownError }) => knownError.id)

describe('possible answers', () => {
  it('are those of the chosen installation, in the order in which they came', () => {
    expect(ids('in_a', '')).toEqual(['KE-1', 'KE-2'])
    expect(ids('in_b', '')).toEqual(['KE-1', 'KE-3'])
    expect(ids('in_c', 'labels')).toEqual([])
  })

  it('are those of all installations where none is chosen', () => {
    expect(ids(undefined, '')).toEqual(['KE-1', 'KE-2', 'KE-3'])
  })

  it('begin with the one whose title has most of the written words, however they are written', () => {
    expect(ids('in_a', 'no LABELS since nine, printing hangs')).toEqual(['KE-2', 'KE-1'])
  })

  it('say which words they share or begin alike, short ones aside', () => {
    const [best] = possibleAnswers(ERRORS, { installationId: 'in_a', sentence: 'The label, is it the printer?' })

    expect(best?.words).toEqual(['labels'])
  })
})

describe('marked words', () => {
  it('leave the title as it is written', () => {
    const pieces = markWords('Labels: stop printing', ['labels'])

    expect(pieces.map(({ text }) => text).join('')).toBe('Labels: stop printing')
    expect(pieces.filter(({ isMarked }) => isMarked).map(({ text }) => text)).toEqual(['Labels'])
  })
})
