// run.mjs in a small project of its own, under each Node that a person may start it with; nothing comes from the network.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'

const LOCK = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/node': { version: '1', integrity: 'a' },
    'node_modules/other-system': { version: '1', optional: true },
  },
}
const INSTALLED = { lockfileVersion: 3, packages: { 'node_modules/node': { version: '1', integrity: 'a' } } }

/** A person's own Node beside the one that runs the tests. */
const olderNode = ['/usr/local/bin/node', '/usr/bin/node'].find((file) =>
  spawnSync(file, ['--version'], { encoding: 'utf8' }).stdout?.startsWith('v20.'),
)
const runners = [
  { name: 'the pinned Node', node: process.execPath },
  { name: 'Node 20', node: olderNode },
]

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) cleanUp()
})

interface Project {
  readonly root: string
  readonly bin: string
  write(path: string, text: string): string
  read(path: string): string
}

function aProject({ installed = true } = {}): Project {
  const home = mkdtempSync(join(tmpdir(), 'fairway-run-'))
  cleanUps.push(() => rmSync(home, { recursive: true, force: true }))
  const root = join(home, 'a project, with spaces')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    return join(root, path)
  }
  cpSync(join(import.meta.dirname, 'run.mjs'), join(root, 'scripts/run.mjs'), { recursive: true })
  cpSync(join(import.meta.dirname, 'bootstrap'), join(root, 'scripts/bootstrap'), { recursive: true })
  write('package.json', JSON.stringify({ type: 'module', dependencies: { node: process.versions.node } }))
  write('package-lock.json', JSON.stringify(LOCK))
  if (installed) installBy(root)
  return { root, bin: join(home, 'bin'), write, read: (path) => readFileSync(join(root, path), 'utf8') }
}

function installBy(root: string) {
  mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true })
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'))
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify(INSTALLED))
}

/** An npm that writes down how it was called and then does what it is told here. */
function anNpm(project: Project, then: string) {
  mkdirSync(project.bin, { recursive: true })
  writeFileSync(join(project.bin, 'npm'), `#!/bin/sh\necho "$@" >> calls\nenv > env\n${then}\n`)
  chmodSync(join(project.bin, 'npm'), 0o755)
}

const INSTALLS = `mkdir -p node_modules/node/bin
ln -sf "${process.execPath}" node_modules/node/bin/node
echo 'added 270 packages'
cp package-lock.json node_modules/.package-lock.json`

interface Run {
  readonly node: string
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

function start(project: Project, args: string[], { node, env = {}, cwd = '/' }: Run) {
  const PATH = [project.bin, process.env.PATH].join(delimiter)
  // The npm that runs these tests must not be taken for the one of the project.
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD)/i.test(name)))
  // A session of its own, as under a service manager: signals come only from whoever sends them.
  const child = spawn(node, [join(project.root, 'scripts/run.mjs'), ...args], {
    cwd,
    detached: true,
    env: { ...own, PATH, ...env },
  })
  cleanUps.push(() => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL') // spawned
  })
  return { child, ...gather(child) }
}

function gather(child: ChildProcess) {
  const said = { out: '', err: '' }
  child.stdout?.on('data', (bytes) => (said.out += bytes))
  child.stderr?.on('data', (bytes) => (said.err += bytes))
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }))
  const hears = async (stream: 'stdout' | 'stderr', words: string) => {
    const now = () => (stream === 'stdout' ? said.out : said.err).includes(words)
    while (!now()) await Promise.race([once(child[stream]!, 'data'), ended.then((end) => expect(end).toContain(words))]) // piped
  }
  return { ended, hears }
}

for (const { name, node } of runners) {
  describe.skipIf(node === undefined)(`started with ${name}`, () => {
    const run = { node: node ?? '' } // skipped where undefined

    test('the script runs under the pinned Node in the root, with its arguments and flags', async () => {
      const project = aProject()
      project.write(
        'facts.ts',
        `const kind: string = process.version
        console.log(JSON.stringify({ kind, cwd: process.cwd(), args: process.argv.slice(2), flags: process.execArgv, path: process.env.PATH, from: process.env.INIT_CWD }))`,
      )

      const { out, code } = await start(project, ['--max-semi-space-size=2', 'facts.ts', 'a b', '--json'], run).ended

      const facts = JSON.parse(out)
      expect({ code, ...facts, path: undefined }).toEqual({
        code: 0,
        kind: process.version,
        cwd: project.root,
        args: ['a b', '--json'],
        flags: ['--max-semi-space-size=2'],
        from: '/',
        path: undefined,
      })
      expect(facts.path).toMatch(
        `${join(project.root, 'node_modules/node/bin')}${delimiter}${join(project.root, 'node_modules/.bin')}${delimiter}`,
      )
    })

    test('it ends with the code of the script', async () => {
      const project = aProject()
      project.write('three.mjs', 'process.exit(3)')

      expect(await start(project, ['three.mjs'], run).ended).toMatchObject({ code: 3, signal: null })
    })

    test('it ends by the signal that ended the script', async () => {
      const project = aProject()
      project.write('killed.mjs', `process.kill(process.pid, 'SIGKILL')`)

      expect(await start(project, ['killed.mjs'], run).ended).toMatchObject({ code: null, signal: 'SIGKILL' })
    })

    test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
      '%s reaches the script once, which may take its time to end',
      async (signal) => {
        const project = aProject()
        project.write(
          'drain.mjs',
          `let heard = 0
        process.on('${signal}', () => { heard++; setTimeout(() => { console.log('heard', heard); process.exit(7) }, 100) })
        setInterval(() => {}, 1000); console.log('ready')`,
        )
        const { child, ended, hears } = start(project, ['drain.mjs'], run)
        await hears('stdout', 'ready')

        child.kill(signal)

        expect(await ended).toMatchObject({ code: 7, out: 'ready\nheard 1\n' })
      },
    )

    test('a lockfile that was only touched installs nothing', async () => {
      const project = aProject()
      anNpm(project, 'exit 9')
      utimesSync(join(project.root, 'package-lock.json'), new Date(), new Date(Date.now() + 60_000))

      expect(await start(project, ['-e', '0'], run).ended).toMatchObject({ code: 0, err: '' })
    })

    test('a lockfile with another content installs, once, and says why', async () => {
      const project = aProject()
      anNpm(project, INSTALLS)
      project.write(
        'package-lock.json',
        JSON.stringify({ ...LOCK, packages: { ...LOCK.packages, 'node_modules/new': { version: '2' } } }),
      )

      const first = await start(project, ['-p', '1'], run).ended
      const second = await start(project, ['-p', '1'], run).ended

      expect(first).toMatchObject({ code: 0, out: '1\n' })
      expect(first.err).toContain('package-lock.json is not what was installed last')
      expect(second).toMatchObject({ code: 0, out: '1\n', err: '' })
      expect(project.read('calls')).toBe('ci --include=dev --loglevel=error --no-audit --no-fund --no-update-notifier\n')
    })

    test('two at once install once; the other waits', async () => {
      const project = aProject({ installed: false })
      anNpm(project, `while [ ! -e go ]; do sleep 0.02; done\n${INSTALLS}`)

      const first = start(project, ['-p', '1'], run)
      await first.hears('stderr', 'Installing')
      const second = start(project, ['-p', '2'], run)
      await second.hears('stderr', 'waiting')
      project.write('go', '')

      expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0])
      expect(project.read('calls').trim().split('\n')).toHaveLength(1)
      expect(existsSync(join(project.root, '.installing'))).toBe(false)
    })

    test('an installation that was killed holds nobody up', async () => {
      const project = aProject({ installed: false })
      anNpm(project, INSTALLS)
      const dead = spawnSync(process.execPath, ['-e', '0'])
      project.write('.installing', String(dead.pid))

      expect(await start(project, ['-p', '1'], run).ended).toMatchObject({ code: 0, out: '1\n' })
    })

    test('an npm that fails ends it with its code and a sentence, and the script does not run', async () => {
      const project = aProject({ installed: false })
      anNpm(project, 'echo "npm error network" >&2; exit 5')

      const { code, out, err } = await start(project, ['-p', '1'], run).ended

      expect({ code, out }).toEqual({ code: 5, out: '' })
      expect(err).toContain('npm error network')
      expect(err).toMatch(/npm ci failed \(exit code 5\).*run this again/)
      expect(existsSync(join(project.root, '.installing'))).toBe(false)
    })

    test('SIGTERM while it installs reaches npm, and the next start begins anew', async () => {
      const project = aProject({ installed: false })
      anNpm(project, `trap 'exit 1' TERM; touch begun; while :; do sleep 0.02; done`)
      const { child, ended, hears } = start(project, ['-p', '1'], run)
      await hears('stderr', 'Installing')
      await expect.poll(() => existsSync(join(project.root, 'begun'))).toBe(true)

      child.kill('SIGTERM')

      const { code, err } = await ended
      expect(code).toBe(143)
      expect(err).toContain('The installation was stopped (SIGTERM)')
      expect(existsSync(join(project.root, '.installing'))).toBe(false)
    })

    test('settings of an outer npm run do not change what is installed, those of the person stay', async () => {
      const project = aProject({ installed: false })
      anNpm(project, INSTALLS)
      const env = {
        npm_config_workspace: 'server',
        npm_config_omit: 'dev',
        NPM_CONFIG_GLOBAL: 'true',
        npm_config_registry: 'http://127.0.0.1:1/',
        NODE_ENV: 'production',
      }

      const { code } = await start(project, ['-p', '1'], { ...run, env }).ended

      expect(code).toBe(0)
      expect(project.read('env')).not.toMatch(/npm_config_(workspace|omit|global)/i)
      expect(project.read('env')).toContain('npm_config_registry=http://127.0.0.1:1/')
    })

    test.each([
      ['empty', { HOME: '' }],
      ['not there', { HOME: '/nowhere/at/all' }],
    ])('where HOME is %s npm gets one, and it is gone afterwards', async (_, env) => {
      const project = aProject({ installed: false })
      anNpm(project, `test -w "$HOME" || exit 1\n${INSTALLS}`)

      const { code } = await start(project, ['-p', '1'], { ...run, env }).ended

      expect(code).toBe(0)
      const home = /^HOME=(.+)$/m.exec(project.read('env'))?.[1] ?? ''
      expect(home).toContain(tmpdir())
      expect(existsSync(home)).toBe(false)
    })

    test('where npm did not run the install script of Node, it is run, or not needed', async () => {
      const project = aProject()
      rmSync(join(project.root, 'node_modules/node/bin'), { recursive: true })
      project.write(
        'node_modules/node/installArchSpecificPackage.js',
        `require('fs').mkdirSync('bin'); require('fs').symlinkSync(${JSON.stringify(process.execPath)}, 'bin/node')`,
      )
      project.write('node_modules/node/package.json', '{}')

      const { code, out } = await start(project, ['-p', 'process.version'], run).ended

      expect({ code, out }).toEqual({ code: 0, out: `${process.version}\n` })
      expect(existsSync(join(project.root, 'node_modules/node/bin'))).toBe(node !== process.execPath)
    })
  })
}

test.skipIf(olderNode === undefined)('where Node cannot be fetched, the command that repairs it is named', async () => {
  const project = aProject()
  rmSync(join(project.root, 'node_modules/node/bin'), { recursive: true })

  const { code, err } = await start(project, ['-p', '1'], { node: olderNode ?? '' }).ended // skipped where undefined

  expect(code).toBe(1)
  expect(err).toContain('npm rebuild node')
})

const hasTerminal = spawnSync('script', ['--version']).status === 0
test.skipIf(!hasTerminal)('Ctrl-C in a terminal reaches the script once', async () => {
  const project = aProject()
  project.write(
    'drain.mjs',
    `let heard = 0
    process.on('SIGINT', () => { heard++; setTimeout(() => { console.log('heard ' + heard); process.exit(0) }, 300) })
    setInterval(() => {}, 1000); console.log('ready')`,
  )
  const terminal = spawn('script', [
    '-qec',
    `"${process.execPath}" "${join(project.root, 'scripts/run.mjs')}" drain.mjs`,
    '/dev/null',
  ])
  const { ended, hears } = gather(terminal)
  await hears('stdout', 'ready')

  terminal.stdin.write('\x03')

  expect((await ended).out).toContain('heard 1')
})
