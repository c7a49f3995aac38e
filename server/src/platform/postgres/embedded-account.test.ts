// Who may run the embedded PostgreSQL, and where: as root below closed folders, as nobody, on a full disk, from half installed packages.
import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { aDataFolder, query, startAnother, startHere } from './a-fairway.ts'
import { findAccount } from './account.ts'
import { findPackage, usableBinaries } from './binaries.ts'
import { isAlive } from './running-process.ts'

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })

const isRoot = process.getuid?.() === 0
const nobody = { uid: 65534, gid: 65534 }
// Below a folder of root's that is closed, nobody can read our sources.
const nobodyReadsUs =
  isRoot &&
  spawnSync(process.execPath, [import.meta.filename], { ...nobody, cwd: '/', stdio: 'ignore' }).error === undefined &&
  spawnSync('cat', [import.meta.filename], { ...nobody, cwd: '/', stdio: 'ignore' }).status === 0

function aFolder(mode: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'fairway-pg-'))
  chmodSync(folder, mode)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function aPackageWithoutLinks(parent: string) {
  const { native, version } = findPackage()
  const copy = join(parent, 'package/native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  for (const entry of readdirSync(join(copy, 'lib'), { withFileTypes: true }))
    if (entry.isSymbolicLink()) rmSync(join(copy, 'lib', entry.name))
  return { native: copy, version }
}

const versionOf = (program: string, account = {}) =>
  spawnSync(program, ['--version'], { ...account, cwd: '/', encoding: 'utf8' }).stdout

describe.skipIf(!isRoot)('as root (skipped: this run is not)', () => {
  test('PostgreSQL runs as another account, also below a folder that only root may enter', async () => {
    const dataDir = aDataFolder('data', join(aFolder(0o700), 'closed'))

    const { pid, connectionString, stop } = await startHere(dataDir)

    expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
    await query(connectionString, 'create table t as select 1')
    await stop()
    expect(isAlive(pid)).toBe(false)
    expect(await query((await startHere(dataDir)).connectionString, 'select count(*)::int as n from t')).toEqual([{ n: 1 }])
  })

  test('a database that an account made is run as that account', async () => {
    const dataDir = aDataFolder()
    await (await startHere(dataDir)).stop()
    spawnSync('chown', ['-R', '65534:65534', join(dataDir, 'postgres')])

    const { pid } = await startHere(dataDir)

    expect(statSync(`/proc/${pid}`).uid).toBe(65534)
  })

  test('binaries that the account cannot reach are copied into the data folder', () => {
    const dataDir = aFolder(0o700)
    const closed = aFolder(0o700)

    const { postgres } = usableBinaries(aPackageWithoutLinks(closed), dataDir, nobody)

    expect(postgres.startsWith(dataDir)).toBe(true)
    expect(versionOf(postgres, nobody)).toContain('18.4')
    expect(statSync(closed).mode & 0o777).toBe(0o700)
  })

  test('where the data folder is closed off as well they are copied to a place that only root can write', () => {
    const closed = aFolder(0o700)
    const dataDir = join(closed, 'data')
    mkdirSync(dataDir)
    const wasThere = existsSync('/var/cache/fairway')

    const { postgres } = usableBinaries(aPackageWithoutLinks(closed), dataDir, nobody)

    if (!wasThere) onTestFinished(() => rmSync('/var/cache/fairway', { recursive: true, force: true }))
    expect(versionOf(postgres, nobody)).toContain('18.4')
    expect(postgres.startsWith(closed)).toBe(false)
    expect(statSync(join(postgres, '../../..')).uid).toBe(0)
    expect(statSync(join(postgres, '../../..')).mode & 0o022).toBe(0)
  })

  test('a disk without room for a database is said before one is begun', (context) => {
    const disk = aFolder(0o755)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', disk]).status !== 0)
      return context.skip('this root may not mount')
    onTestFinished(() => void spawnSync('umount', ['-l', disk]))

    return expect(startHere(join(disk, 'data'))).rejects.toThrow(/has \d+ MB left; a new database needs 150 MB/)
  })
})

describe.skipIf(!nobodyReadsUs)(
  'as an ordinary account (skipped: only root can take another, and it must be able to read the sources)',
  () => {
    test('it starts with an empty HOME, survives its Fairway, is adopted and stops', async () => {
      const dataDir = aDataFolder('data of nobody', aFolder(0o711))
      mkdirSync(dataDir)
      chownSync(dataDir, nobody.uid, nobody.gid)
      const first = startAnother(dataDir, nobody)
      const before = await first.answer
      await first.end('SIGKILL')

      const second = startAnother(dataDir, nobody)
      const after = await second.answer
      await second.end('SIGTERM')

      expect(before.started?.pid).toBeGreaterThan(0)
      expect(after.started?.pid).toBe(before.started?.pid)
      expect(isAlive(before.started?.pid ?? 0)).toBe(false)
    })

    test('a data folder that belongs to somebody else is refused with advice', async () => {
      const dataDir = aDataFolder('data of root', aFolder(0o711))
      mkdirSync(dataDir, { mode: 0o755 })

      const { refused } = await startAnother(dataDir, nobody).answer

      expect(refused).toBe(
        `Fairway may not write to its data folder ${dataDir}. Give it to the account that runs Fairway, or set FAIRWAY_DATA to another folder, or FAIRWAY_DATABASE_URL to a PostgreSQL that you run.`,
      )
    })
  },
)

test('a package whose links npm did not make is mended', () => {
  const open = aFolder(0o755)

  const { postgres, major } = usableBinaries(aPackageWithoutLinks(open), open, findAccount(open))

  expect(versionOf(postgres)).toContain('18.4')
  expect(major).toBe('18')
})

test.each([
  ['win32-x64', 'there is none for win32-x64'],
  ['freebsd-x64', 'there is none for freebsd-x64'],
])('on %s it is said that PostgreSQL must be brought along', (platform, because) => {
  expect(() => findPackage(platform)).toThrow(because)
  expect(() => findPackage(platform)).toThrow('FAIRWAY_DATABASE_URL')
})
