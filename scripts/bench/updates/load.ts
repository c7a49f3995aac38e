// Asks a server as fast as it answers, with wrk where it is installed (it leaves most of two cores to the server), else with autocannon.
import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import autocannon from 'autocannon'

export interface Target {
  name: string
  /** `http://127.0.0.1:1234` */
  url: string
  /** Whose processor time is counted. */
  pids: number[]
  method: 'GET' | 'POST'
  path: string
  headers: Record<string, string>
  /** Where it holds `NEW_ID`, each request says another one. */
  body?: string
  /** Sent in turn, one with each request, as `Authorization: Bearer …`. */
  tokens?: Tokens
}

/** An agent takes a new token each fifteen minutes and asks each minute: of fifteen requests one comes with a token that was never seen. */
export interface Tokens {
  kept: string[]
  fresh: string[]
}

export interface Load {
  perSecond: number
  p99Ms: number
  /** Time of a processor for one request: hardly depends on what else the machine does. */
  cpuMicroseconds: number
}

export interface LoadWish {
  /** For the script of wrk and the tokens. */
  folder: string
  seconds: number
  connections: number
}

const run = promisify(execFile)
const FRESH_EVERY = 15
export const NEW_ID = '00000000-0000-4000-8000-000000000000'
const used = new WeakMap<Tokens, number>()

export const generator = findWrk() ? 'wrk' : 'autocannon'

export async function load(target: Target, wish: LoadWish): Promise<Load> {
  const before = cpuOf(target.pids)
  const result = generator === 'wrk' ? await loadByWrk(target, wish) : await loadByAutocannon(target, wish)
  if (result.failed > 0) throw new Error(`${target.name}: ${result.failed} of ${result.requests} requests were no success.`)
  return {
    perSecond: result.requests / result.seconds,
    p99Ms: result.p99Ms,
    cpuMicroseconds: (cpuOf(target.pids) - before) / result.requests,
  }
}

interface Result {
  requests: number
  seconds: number
  failed: number
  p99Ms: number
}

async function loadByWrk(target: Target, { folder, seconds, connections }: LoadWish): Promise<Result> {
  const script = join(folder, 'load.lua')
  writeFileSync(script, luaOf(target, folder))
  const { stdout } = await run('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, target.url])
  const told = /FAIRWAY (\{.*\})/.exec(stdout)?.[1]
  if (!told) throw new Error(`wrk said nothing that can be read:\n${stdout}`)
  // Printed by our own script, below.
  const result = JSON.parse(told) as Result & { asked: number }
  if (target.tokens) used.set(target.tokens, (used.get(target.tokens) ?? 0) + Math.ceil(result.asked / FRESH_EVERY))
  return result
}

/** The parts of a request are put together by each, so that all targets cost the generator alike. */
function luaOf({ url, method, path, headers, body = '', tokens }: Target, folder: string) {
  const { kept, fresh } = tokens ?? { kept: ['none'], fresh: ['none'] }
  const from = tokens ? (used.get(tokens) ?? 0) % fresh.length : 0
  writeFileSync(join(folder, 'kept'), kept.join('\n'))
  writeFileSync(join(folder, 'fresh'), [...fresh.slice(from), ...fresh.slice(0, from)].join('\n'))
  const fields = {
    host: new URL(url).host,
    ...headers,
    ...(method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
  }
  const head = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
    'authorization: Bearer ',
  ]
  const [before = '', ...rest] = body.split(NEW_ID)
  return `
local function read(name)
  local all = {}
  for line in io.lines(name) do all[#all + 1] = line end
  return all
end
local kept, fresh = read(${JSON.stringify(join(folder, 'kept'))}), read(${JSON.stringify(join(folder, 'fresh'))})
local head, tail, rest = ${lua(head.join('\r\n'))}, ${lua(`\r\n\r\n${before}`)}, ${rest.length > 0 ? lua(rest.join(NEW_ID)) : 'nil'}
local function ending()
  if not rest then return tail end
  return tail .. string.format('%08x-0000-4000-8000-%012d', math.random(0, 4294967295), math.random(0, 999999999999)) .. rest
end
math.randomseed(os.time())
local asked, ofKept, ofFresh = 0, 0, 0
request = function()
  asked = asked + 1
  if asked % ${FRESH_EVERY} == 0 then
    ofFresh = ofFresh % #fresh + 1
    return head .. fresh[ofFresh] .. ending()
  end
  ofKept = ofKept % #kept + 1
  return head .. kept[ofKept] .. ending()
end
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('FAIRWAY {"requests":%d,"asked":%d,"seconds":%f,"failed":%d,"p99Ms":%f}\\n', summary.requests, summary.requests,
    summary.duration / 1000000, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(99) / 1000))
end
`
}

function lua(text: string) {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`
}

async function loadByAutocannon(
  { url, method, path, headers, body, tokens }: Target,
  { seconds, connections }: LoadWish,
): Promise<Result> {
  const all = (tokens?.kept ?? ['none']).slice(0, 2000)
  const requests = all.map((token) => ({
    method,
    path,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  }))
  const result = await autocannon({ url, connections, duration: seconds, requests })
  return {
    requests: result.requests.total,
    seconds: result.duration,
    failed: result.non2xx + result.errors,
    p99Ms: result.latency.p99,
  }
}

/** User and system time of processes so far, in microseconds (proc(5): fields 14 and 15, in hundredths of a second). */
function cpuOf(pids: number[]) {
  const ticks = pids.map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, one) => sum + one, 0) * 10_000
}

function findWrk() {
  try {
    execFileSync('wrk', ['-v'], { stdio: 'ignore' })
    return true
  } catch (error) {
    // It ends with 1 where it says its version, and cannot be started where it is not there.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
