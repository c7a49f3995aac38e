// How the arguments of the command line are read.
import { describe, expect, test } from 'vitest'
import { parseDuration } from './duration.ts'
import { parseReleaseFile, parseReleaseFiles } from './release-file.ts'
import { isOpenToEavesdroppers, parseServer } from './server-address.ts'
import { parseSteps } from './steps.ts'
import { collectWords, parseCount } from './words.ts'

describe('durations', () => {
  test.each([
    ['0s', 0],
    ['30s', 30],
    ['15m', 900],
    ['1h30m', 5400],
    ['2d', 172_800],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text, '--silent-after')).toBe(seconds)
  })

  test.each(['', '30', 'h', '1.5h', '-1h', '1h 30m', '1w', '1h30'])('%j is none', (text) => {
    expect(() => parseDuration(text, '--silent-after')).toThrow('--silent-after')
  })
})

describe('steps', () => {
  test('are percent and bake time', () => {
    expect(parseSteps('0.5:30m, 25:1h,100:0s')).toEqual([
      { percent: 0.5, bakeSeconds: 1800 },
      { percent: 25, bakeSeconds: 3600 },
      { percent: 100, bakeSeconds: 0 },
    ])
  })

  test.each([
    '',
    '5',
    '5:1h',
    '50:1h,25:1h,100:1h',
    '50:1h,50:1h,100:1h',
    '0:1h,100:1h',
    '101:1h',
    '5:1h:2,100:1h',
    '5:1,100:1h',
    '100:',
  ])('%j are none', (text) => {
    expect(() => parseSteps(text)).toThrow()
  })
})

describe('files', () => {
  test('are a machine and a path, which may hold = and spaces', () => {
    expect(parseReleaseFile('linux/x64=dist/a=b/my dir/till-1.4.2.tar.gz')).toEqual({
      platform: 'linux',
      arch: 'x64',
      path: 'dist/a=b/my dir/till-1.4.2.tar.gz',
      name: 'till-1.4.2.tar.gz',
    })
  })

  test.each([
    'till.tar.gz',
    'linux=till.tar.gz',
    'linux/x64=',
    'Linux/x64=a',
    'linux/x64/a',
    'linux/x64=my file.zip',
    'linux/x64=.hidden',
  ])('%j is none', (text) => {
    expect(() => parseReleaseFile(text)).toThrow()
  })

  test('there is one for each machine, and each has a name of its own', () => {
    expect(() => parseReleaseFiles(['linux/x64=a.zip', 'linux/x64=b.zip'])).toThrow('linux/x64')
    expect(() => parseReleaseFiles(['linux/x64=x/a.zip', 'linux/arm64=y/a.zip'])).toThrow('a.zip')
    expect(parseReleaseFiles(['linux/x64=a.zip', 'linux/arm64=b.zip'])).toHaveLength(2)
  })
})

describe('addresses', () => {
  test.each([
    ['https://fairway.example.com/', 'https://fairway.example.com'],
    ['http://127.0.0.1:4600', 'http://127.0.0.1:4600'],
  ])('%s', (text, origin) => {
    expect(parseServer(text)).toBe(origin)
  })

  test.each(['fairway.example.com', 'ftp://a', 'https://a/b', 'https://u:p@a', 'https://a?x', ''])('%j is none', (text) => {
    expect(() => parseServer(text)).toThrow()
  })

  test.each([
    ['http://fairway.example.com', true],
    ['https://fairway.example.com', false],
    ['http://localhost:4600', false],
    ['http://[::1]:4600', false],
    ['http://127.0.0.1.example.com', true],
  ])('%s lets others read the token: %s', (server, isOpen) => {
    expect(isOpenToEavesdroppers(server)).toBe(isOpen)
  })
})

test('words come in a list or one by one', () => {
  expect(collectWords('KE-1, KE-2', ['KE-0'])).toEqual(['KE-0', 'KE-1', 'KE-2'])
  expect(collectWords('')).toEqual([])
})

test.each(['0', '-1', 'x', '1.5', ''])('%j is no count', (text) => {
  expect(() => parseCount(text)).toThrow()
})
