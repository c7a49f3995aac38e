// Check-ins per second, beside a bare node:http that answers the same bytes: alternately, in one run, the median of the pairs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { startProgram, stopProgram } from '../demo/processes.ts'
import { type Figure, median } from './figure.ts'
import type { Stage } from './stage.ts'

const ROUNDS = 7
const SECONDS = 4
const BODY = JSON.stringify({
  version: null,
  releaseId: null,
  health: 'unknown',
  platform: 'linux',
  arch: 'x64',
  highestSequence: 0,
  refused: [],
})

export async function measureCheckIns(stage: Stage): Promise<Figure[]> {
  const answer = await fetch(`${stage.server}/updates/v1/check-ins`, {
    method: 'POST',
    headers: headersOf(stage.tokens[0] ?? ''),
    body: BODY,
  })
  const bare = await startBare(stage, { headers: Object.fromEntries(answer.headers), body: await answer.text() })
  const rounds: { ours: Load; yardstick: Load }[] = []
  // Both warm: a server that has run for a while has optimised its code, and that takes longer the more there is of it.
  for (const server of [stage, stage, bare]) await load(server, stage.tokens)
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ ours: await load(stage, stage.tokens), yardstick: await load(bare, stage.tokens) })
  await stopProgram(bare.child)
  return [
    { name: 'check-ins', value: median(rounds.map(({ ours }) => ours.perSecond)), unit: '/s' },
    { name: 'check-ins, 99th percentile', value: median(rounds.map(({ ours }) => ours.p99)), unit: 'ms' },
    { name: 'bare node:http, the same bytes', value: median(rounds.map(({ yardstick }) => yardstick.perSecond)), unit: '/s' },
    { name: 'processor time of a check-in', value: median(rounds.map(({ ours }) => ours.cpuMicroseconds)), unit: 'µs' },
    {
      name: 'processor time of bare node:http',
      value: median(rounds.map(({ yardstick }) => yardstick.cpuMicroseconds)),
      unit: 'µs',
    },
    {
      name: 'ratio, aim at least 0.5',
      value: median(rounds.map(({ ours, yardstick }) => ours.perSecond / yardstick.perSecond)),
      unit: 'of bare',
    },
  ]
}

interface Load {
  perSecond: number
  p99: number
  /** Time of a processor that the server used for one request: hardly depends on what else the machine does. */
  cpuMicroseconds: number
}

/** User and system time of a process so far, in microseconds (proc(5): fields 14 and 15, in hundredths of a second). */
function cpuOf(pid: number) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10_000
}

/** Thirty-two connections; each request is of another installation, as in a fleet. */
async function load({ server, pid }: { server: string; pid: number }, tokens: string[]): Promise<Load> {
  const requests = tokens.map((token) => ({
    method: 'POST' as const,
    path: '/updates/v1/check-ins',
    headers: headersOf(token),
    body: BODY,
  }))
  const before = cpuOf(pid)
  const result = await autocannon({ url: server.replace('localhost', '127.0.0.1'), connections: 32, duration: SECONDS, requests })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${server}: ${result.non2xx} answers were no success, ${result.errors} requests failed.`)
  return {
    perSecond: result.requests.average,
    p99: result.latency.p99,
    cpuMicroseconds: (cpuOf(pid) - before) / result.requests.total,
  }
}

function headersOf(token: string) {
  return { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
}

async function startBare(stage: Stage, answer: { headers: Record<string, string>; body: string }) {
  const child = startProgram({
    script: 'scripts/bench/bare-server.ts',
    env: { BARE_ANSWER: JSON.stringify(answer) },
    log: join(stage.folder, 'bare.log'),
  })
  const server = await new Promise<string>((resolve) =>
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
  )
  return { server, child, pid: child.pid ?? 0 }
}
