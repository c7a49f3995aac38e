// Small readers of options: words in a list, and whole numbers.
import { wrongUsage } from '../failure.ts'

/** `KE-118,KE-120`, or the option several times. */
export function collectWords(text: string, before: string[] = []) {
  const words = text.split(',').map((word) => word.trim())
  return [...before, ...words.filter((word) => word !== '')]
}

/** The option several times; commas belong to the value. */
export function collect(text: string, before: string[] = []) {
  return [...before, text]
}

export function parseCount(text: string) {
  if (!/^\d{1,6}$/.test(text) || Number(text) === 0)
    throw wrongUsage(`${JSON.stringify(text)} is no number of things.`, 'Write a whole number from 1.')
  return Number(text)
}
