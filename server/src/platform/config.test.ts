import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keepSecret, readConfig } from './config.ts'

describe('the configuration', () => {
  test('needs nothing', () => {
    expect(readConfig({}, '/srv')).toMatchObject({
      host: '127.0.0.1',
      port: 4600,
      dataDir: '/srv/data',
      publicUrl: 'http://localhost:4600',
      trustedProxies: [],
    })
  })

  test('says every problem at once', () => {
    const env = {
      FAIRWAY_PORT: '99999',
      FAIRWAY_PUBLIC_URL: 'ftp://x',
      FAIRWAY_DATABASE_URL: 'mysql://x',
      FAIRWAY_ADMIN_EMAIL: 'a@b.example',
      FAIRWAY_STORAGE_URL: 'https://bucket',
    }

    expect(() => readConfig(env, '/')).toThrow(
      /FAIRWAY_PORT[\s\S]*FAIRWAY_PUBLIC_URL[\s\S]*FAIRWAY_DATABASE_URL[\s\S]*go together[\s\S]*FAIRWAY_STORAGE_URL[\s\S]*FAIRWAY_SECRET is required/,
    )
  })

  test('never repeats a password of an address in its complaint', () => {
    expect(() => readConfig({ FAIRWAY_SMTP_URL: 'http://user:hunter2@mail' }, '/')).toThrow(
      /^(?!.*hunter2)[\s\S]*FAIRWAY_SMTP_URL/,
    )
  })

  test('keeps artifacts on the disk, or in the bucket that is named', () => {
    expect(readConfig({}, '/').storage).toBeUndefined()
    expect(readConfig({ FAIRWAY_STORAGE_URL: 's3://artifacts/fairway' }, '/').storage).toMatchObject({
      bucket: 'artifacts',
      prefix: 'fairway/',
    })
  })

  test('takes the origin of the public address', () => {
    expect(readConfig({ FAIRWAY_PUBLIC_URL: 'https://updates.example/' }, '/').publicUrl).toBe('https://updates.example')
    expect(() => readConfig({ FAIRWAY_PUBLIC_URL: 'https://updates.example/path' }, '/')).toThrow(/behind host and port/)
  })
})

describe('the secret of a data folder', () => {
  let folder = ''
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'fairway-secret-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is made once, and only its owner may read it', () => {
    const secret = keepSecret(folder)

    expect(keepSecret(folder)).toBe(secret)
    expect(secret).toHaveLength(43)
    expect(statSync(join(folder, 'secret')).mode & 0o777).toBe(0o600)
  })

  test('is not replaced when it is damaged', () => {
    writeFileSync(join(folder, 'secret'), 'x')

    expect(() => keepSecret(folder)).toThrow(/damaged/)
  })
})
