// The poll path, `npm run bench -- updates`: ten thousand and a million installations, beside others that answer the same question.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { ROOT, runningPrograms, stopProgram } from '../demo/processes.ts'
import { type Figure, median, table } from './figure.ts'
import { type Bar, chart } from './updates/chart.ts'
import { databaseUrl, fill, tokenOf } from './updates/crowd.ts'
import { measureDurable } from './updates/durable.ts'
import { generator, load, type Load, type Target } from './updates/load.ts'
import { type Peer, startBare, startHazel, startNginx } from './updates/peers.ts'
import { measureShapes } from './updates/sql-shapes.ts'
import { type Platform, prepare, type Release, start } from './updates/vendor.ts'

const SIZES = [10_000, 1_000_000]
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5)
const SECONDS = 4
const WARM_SECONDS = 6
const CONNECTIONS = 32
/** Spread over all that there are; more would measure how the generator reads its list. */
const ASKING = 100_000

interface Series {
  name: string
  rounds: Load[]
  isOurs: boolean
}

export async function measureUpdates(folder: string, say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = []
  const bars: Bar[] = []
  const began = loadavg()[0] ?? 0
  try {
    let platform = await start(join(folder, 'stage'))
    const made = await prepare(platform)
    for (const count of SIZES) {
      say(`${count.toLocaleString('en')} installations …`)
      await fill(databaseUrl(platform.folder), { count, ...made })
      await stopProgram(platform.child)
      platform = await start(platform.folder)
      figures.push(...knownOf(platform, count))
      const all = await measureSize({ platform, count, folder, say, ...made })
      figures.push(...all.flatMap(figuresOf), ...ratiosOf(all))
      say(table(figures))
      bars.push(...all.map(({ name, rounds, isOurs }) => ({ name, values: rounds.map(({ perSecond }) => perSecond), isOurs })))
    }
    say('Three shapes of SQL …')
    const shapes = await measureShapes(databaseUrl(platform.folder), folder)
    if ('skipped' in shapes) say(`Skipped: ${shapes.skipped}`)
    else {
      figures.push(...shapes.map(({ shape, perSecond }) => ({ name: `SQL alone: ${shape}`, value: perSecond, unit: '/s' })))
      bars.push(...shapes.map(({ shape, perSecond }) => ({ name: `SQL alone: ${shape}`, values: [perSecond] })))
      figures.push(overFiveSelects(figures, shapes.map(({ perSecond }) => perSecond)[1] ?? Number.NaN))
    }
    say('Durable reports …')
    figures.push(...durableFigures(await measureDurable(platform, folder)))
  } finally {
    await Promise.all(runningPrograms().map(stopProgram))
  }
  draw(
    bars,
    `${machine()}; ${generator}, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turn; load before ${began.toFixed(1)}`,
  )
  return figures
}

interface Size {
  platform: Platform
  count: number
  folder: string
  current: Release
  previous: Release
  say(line: string): void
}

/** All in turn, round by round: what else the machine does hits each of them alike. */
async function measureSize({ platform, count, folder, current, previous, say }: Size): Promise<Series[]> {
  const known = `${count.toLocaleString('en')} known`
  const ours = (name: string, release: Release, oddness: 0 | 1): Target => ({
    name: `Fairway, ${name}, ${known}`,
    url: platform.url,
    pids: [platform.pid],
    method: 'POST',
    path: '/updates/v1/check-ins',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(release),
    tokens: tokensOf(count, oddness),
  })
  const targets = [ours('current', current, 0), ours('update with direction', previous, 1)]
  const [isCurrent, isUpdate] = targets as [Target, Target]
  const peers: Peer[] = []
  const add = (name: string, peer: Peer) => {
    peers.push({ ...peer, target: { ...peer.target, name } })
  }
  add(`bare node:http, current, ${known}`, await startBare(isCurrent, folder))
  add(`bare node:http, update, ${known}`, await startBare(isUpdate, folder))
  if (count === SIZES[0]) {
    for (const [name, peer] of [
      ['nginx, file of the size of "current"', await startNginx(43, folder)],
      ['hazel-server, update', await startHazel(folder)],
    ] as const) {
      if ('skipped' in peer) say(`Skipped: ${peer.skipped}`)
      else add(name, peer)
    }
  }
  const all = [...targets, ...peers.map(({ target }) => target)].map((target) => ({ target, rounds: [] as Load[] }))
  const wish = { folder, seconds: SECONDS, connections: CONNECTIONS }
  // Warm: a server that has run for a while has optimised its code, and that takes longer the more there is of it.
  for (const { target } of all) await load(target, { ...wish, seconds: WARM_SECONDS })
  for (let round = 0; round < ROUNDS; round += 1) for (const { target, rounds } of all) rounds.push(await load(target, wish))
  for (const peer of peers) await peer.stop()
  return all.map(({ target, rounds }) => ({ name: target.name, rounds, isOurs: target.name.startsWith('Fairway') }))
}

function bodyOf({ id, version }: Release) {
  const where = { platform: 'linux', arch: 'x64', highestSequence: 1, refused: [] }
  return JSON.stringify({ version, releaseId: id, health: 'healthy', ...where })
}

/** Half of those of one parity are asked again and again, the other half brings the tokens that were never seen. */
function tokensOf(count: number, oddness: 0 | 1) {
  const asking = Math.min(count / 2, ASKING)
  const numbers = Array.from({ length: asking }, (_, at) => 2 * Math.floor((at * count) / 2 / asking) + oddness)
  const kept = numbers.filter((_, at) => at % 2 === 0)
  const others = numbers.filter((_, at) => at % 2 === 1)
  return {
    kept: kept.map((number) => tokenOf(number)),
    fresh: Array.from({ length: 100_000 }, (_, at) => tokenOf(others[at % others.length] ?? 0, at)),
  }
}

function knownOf({ pid, seconds }: Platform, count: number): Figure[] {
  const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  const known = `${count.toLocaleString('en')} known`
  return [
    { name: `start until ready, ${known}, aim under 10`, value: seconds, unit: 's' },
    { name: `memory of the server when ready, ${known}`, value: kilobytes / 1024, unit: 'MB PSS' },
  ]
}

function figuresOf({ name, rounds }: Series): Figure[] {
  return [
    { name, value: median(rounds.map(({ perSecond }) => perSecond)), unit: '/s' },
    { name: `${name}, p99`, value: median(rounds.map(({ p99Ms }) => p99Ms)), unit: 'ms' },
    { name: `${name}, processor time`, value: median(rounds.map(({ cpuMicroseconds }) => cpuMicroseconds)), unit: 'µs' },
  ]
}

/** Round by round, then the median: ours over the bare one with the same bytes. */
function ratiosOf([current, update, bareCurrent, bareUpdate]: Series[]): Figure[] {
  const ratio = (name: string, ours: Series | undefined, bare: Series | undefined): Figure => ({
    name: `${name}: ratio to bare node:http, aim at least 0.7`,
    value: median((ours?.rounds ?? []).map(({ perSecond }, round) => perSecond / (bare?.rounds[round]?.perSecond ?? Number.NaN))),
    unit: 'of bare',
  })
  return [ratio(current?.name ?? '', current, bareCurrent), ratio(update?.name ?? '', update, bareUpdate)]
}

function overFiveSelects(figures: Figure[], fiveSelects: number): Figure {
  const ours = figures.findLast(({ name, unit }) => name.startsWith('Fairway, current') && unit === '/s')?.value ?? Number.NaN
  return { name: 'Fairway over HTTP beside 5 SELECT without HTTP, aim at least 3', value: ours / fiveSelects, unit: 'times' }
}

function durableFigures(rounds: { ours: Load; single: Load }[]): Figure[] {
  return [
    { name: 'durable reports, one a request', value: median(rounds.map(({ ours }) => ours.perSecond)), unit: '/s' },
    { name: 'durable reports, p99', value: median(rounds.map(({ ours }) => ours.p99Ms)), unit: 'ms' },
    { name: 'one INSERT a request', value: median(rounds.map(({ single }) => single.perSecond)), unit: '/s' },
    { name: 'one INSERT a request, p99', value: median(rounds.map(({ single }) => single.p99Ms)), unit: 'ms' },
    {
      name: 'durable reports beside one INSERT a request, aim at least 10',
      value: median(rounds.map(({ ours, single }) => ours.perSecond / single.perSecond)),
      unit: 'times',
    },
  ]
}

function draw(bars: Bar[], foot: string) {
  const folder = join(ROOT, 'docs/pictures')
  mkdirSync(folder, { recursive: true })
  const title = 'Check-ins a second: the median, and from the slowest round to the fastest'
  writeFileSync(join(folder, 'bench-updates.svg'), chart({ title, unit: '/s', bars, foot }))
}

function machine() {
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}
