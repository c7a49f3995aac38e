// The floor plan of the server, and the proof that the code keeps it.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Who may import whose public face. Higher floors stand on lower ones; there is no way back up. */
const FLOORS = new Map<string, string[]>([
  ['identity', []],
  ['fleet', ['identity']],
  ['delivery', ['identity', 'fleet']],
  ['updates', ['identity', 'fleet', 'delivery']],
  ['portal', ['identity', 'fleet', 'delivery']],
])
/** Files that put the modules together may import every face. */
const ASSEMBLY = new Set([
  'main.ts',
  'backup-files.ts',
  'fairway.ts',
  'reactions.ts',
  'platform-routes.ts',
  'live-routes.ts',
  'event-routes.ts',
  'web-app.ts',
  'permissions.ts',
  'timeline-routes.ts',
  'name-events.ts',
])
/** Packages that the server may import; nobody imports the server. */
const PACKAGES = new Set(['@fairway/trust'])
const BANNED_FOLDERS = ['utils', 'helpers', 'common', 'shared', 'core', 'lib', 'services']

const SRC = import.meta.dirname
const ROOT = join(SRC, '../..')
const IMPORT = /(?:from|import)\s*\(?\s*'(?<name>[^']+)'/g
const BUILDER_TABLE = /(?:selectFrom|insertInto|updateTable|deleteFrom|Join|table|ref)\(\s*'(?<schema>[a-z]+)\.[a-z_]+/g
const RAW_TABLE = /\b(?:from|into|update|join|table)\s+(?<schema>identity|fleet|delivery|portal|platform|jobs)\.[a-z_]+/gi
const walled = (room: string) => room === 'platform' || FLOORS.has(room)
const roomOf = (path: string) => (path.includes(sep) ? path.slice(0, path.indexOf(sep)) : '')
const importsOf = (code: string) => [...code.matchAll(IMPORT)].map((match) => match.groups?.name ?? '')

const files = globSync('**/*.ts', { cwd: SRC }).filter((file) => file !== 'architecture.test.ts')

describe.each(files)('%s', (file) => {
  const code = readFileSync(join(SRC, file), 'utf8')
  const home = roomOf(file)
  const isTest = /\.(test|story\.test)\.ts$/.test(file) || file.includes('testing/') || file.endsWith('/a-fairway.ts')

  test('imports only what its floor allows', () => {
    for (const name of importsOf(code)) {
      if (name.startsWith('@fairway/')) expect(PACKAGES, `${file} may not import ${name}`).toContain(name)
      if (name.startsWith('.')) {
        const target = roomOf(relative(SRC, join(SRC, dirname(file), name)))
        if ((walled(home) || walled(target)) && target !== home)
          expect.soft(`${file} -> ${name}`, 'goes around a public face').toBe('')
      }
      const face = name.slice(1)
      if (name.startsWith('#') && FLOORS.has(face) && walled(home) && home !== face && !isTest) {
        expect(FLOORS.get(home) ?? [], `${home} may not import ${name}`).toContain(face)
      }
      if (name.startsWith('#testing/')) expect(isTest, `${file} is not a test`).toBe(true)
      if (home === '' && FLOORS.has(face) && !isTest) expect(ASSEMBLY, `${file} is no assembly`).toContain(file)
    }
  })

  if (!walled(home) || isTest) return
  test('asks only its own tables, and only in a store or queries', () => {
    const schemas = [BUILDER_TABLE, RAW_TABLE].flatMap((pattern) =>
      [...code.matchAll(pattern)].map((match) => match.groups?.schema ?? ''),
    )
    for (const schema of schemas.filter((schema) => walled(schema))) {
      expect(schema, `${file} touches the tables of ${schema}`).toBe(home)
      if (home !== 'platform') expect(file, 'SQL outside of a store').toMatch(/-(store|queries)\.ts$/)
    }
  })

  test('says in its first line what it is for', () => {
    expect(code.split('\n')[0]).toMatch(/^\/\/ \S.{15,}/)
  })

  test('takes text from outside only by the safe types', () => {
    // `Type.String()` without bounds lets NUL and half characters through to PostgreSQL (research: T10).
    const requests = [...code.matchAll(/Fields\(\{(?<body>[\s\S]*?)\n?\}\)/g)].map((match) => match.groups?.body ?? '')
    for (const body of requests) expect(body).not.toMatch(/Type\.String\(\)/)
  })
})

test('the floors have no circle', () => {
  const climb = (room: string, path: string[]): void => {
    expect(path, `circle: ${[...path, room].join(' -> ')}`).not.toContain(room)
    for (const next of FLOORS.get(room) ?? []) climb(next, [...path, room])
  }
  for (const room of FLOORS.keys()) climb(room, [])
})

test.each(['trust', 'client', 'agent', 'cli'])('%s does not import the server', (name) => {
  const allowed =
    { trust: [], client: [], agent: ['@fairway/trust', '@fairway/client'], cli: ['@fairway/trust', '@fairway/client'] }[name] ??
    []
  for (const file of globSync('src/**/*.ts', { cwd: join(ROOT, name) })) {
    const foreign = importsOf(readFileSync(join(ROOT, name, file), 'utf8')).filter(
      (one) => one.startsWith('@fairway/') || (one.startsWith('.') && join(dirname(file), one).startsWith('..')),
    )
    for (const one of foreign) expect(allowed, `${name}/${file} may not import ${one}`).toContain(one)
  }
})

test('no folder is named after nothing', () => {
  const folders = globSync('{server,agent,cli,client,trust}/src/**/*.ts', { cwd: ROOT }).flatMap((file) =>
    dirname(file).split(sep),
  )
  for (const name of BANNED_FOLDERS) expect(folders).not.toContain(name)
})

test('every migration is named after its module and its moment', () => {
  const names = globSync('*.sql', { cwd: join(SRC, '../migrations') })
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(name).toMatch(/^20\d{6}T\d{4}-(platform|identity|fleet|delivery|portal)-[a-z0-9-]+\.sql$/)
})
