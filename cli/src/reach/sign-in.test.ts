// Who is signed in where: where that is kept, who may read it, and what the environment overrides.
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkToken, chooseSignIn, findSignIn } from './find-sign-in.ts'
import { forgetSignIn, readSignIn, saveSignIn, settingsFile } from './settings-file.ts'

const kept = { server: 'https://one.example.com', token: 'fw_0123456789abcdef_kept' }
const other = { server: 'https://two.example.com', token: 'fw_0123456789abcdef_other' }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairway-settings-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the file', () => {
  test('is readable for its owner alone, also where it was not before', async () => {
    const file = settingsFile({ XDG_CONFIG_HOME: folder })
    await saveSignIn(file, other)
    await chmod(file, 0o644)

    await saveSignIn(file, kept)

    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'fairway'))).mode & 0o777).toBe(0o700)
    await expect(readSignIn(file)).resolves.toEqual(kept)
    // Nothing half written is left beside it.
    await expect(readdir(join(folder, 'fairway'))).resolves.toEqual(['config.json'])
  })

  test('that others can read is used, and told', async () => {
    const file = settingsFile({ XDG_CONFIG_HOME: folder })
    await saveSignIn(file, kept)
    await chmod(file, 0o640)
    const notes: string[] = []

    const found = await findSignIn({ XDG_CONFIG_HOME: folder }, (line) => notes.push(line))

    expect(found).toEqual(kept)
    expect(notes.join()).toContain(`chmod 600 ${file}`)
    expect(notes.join()).not.toContain(kept.token)
  })

  test('that is broken is refused without quoting it', async () => {
    const file = join(folder, 'config.json')
    await writeFile(file, `{"token":"${kept.token}"`)

    await expect(readSignIn(file)).rejects.toMatchObject({
      code: 'settings.unusable',
      message: expect.not.stringContaining(kept.token),
    })
  })

  test('that is not there means that nobody is signed in; to forget it twice is no fault', async () => {
    const file = join(folder, 'none/config.json')

    await forgetSignIn(file)

    await expect(readSignIn(file)).resolves.toBeUndefined()
  })

  test('lies in the folder of the environment only where that is absolute', () => {
    expect(settingsFile({ XDG_CONFIG_HOME: '/x' })).toBe('/x/fairway/config.json')
    expect(settingsFile({ XDG_CONFIG_HOME: 'x' })).toMatch(/\/\.config\/fairway\/config\.json$/)
  })
})

describe('the choice', () => {
  test.each([
    ['what was kept', {}, kept],
    ['the environment first', { FAIRWAY_SERVER: other.server, FAIRWAY_TOKEN: other.token }, other],
    ['the same server by the environment', { FAIRWAY_SERVER: kept.server }, kept],
    ['another token for the server that was kept', { FAIRWAY_TOKEN: other.token }, { ...kept, token: other.token }],
  ])('%s', (_title, env, expected) => {
    expect(chooseSignIn(env, kept)).toEqual(expected)
  })

  test('a token is never sent to another server than the one that it was kept for', () => {
    expect(() => chooseSignIn({ FAIRWAY_SERVER: other.server }, kept)).toThrow('There is no token for https://two.example.com')
  })

  test('nobody is signed in', () => {
    expect(() => chooseSignIn({}, undefined)).toThrow('You are not signed in')
  })

  test.each(['abcdef', 'fw_0123456789\nx-other: 1', 'Bearer fw_0123456789'])('%j is no token, and is not repeated', (text) => {
    expect(() => checkToken(text)).toThrow(expect.objectContaining({ exitCode: 2, message: expect.not.stringContaining(text) }))
  })
})
