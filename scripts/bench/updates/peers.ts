// What we are measured beside: a bare node:http with our bytes, nginx with a file of that size, and hazel-server with a stub of GitHub.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { startProgram, stopProgram } from '../../demo/processes.ts'
import type { Target } from './load.ts'
import { until } from './vendor.ts'

export interface Peer {
  target: Target
  stop(): Promise<void>
}

/** A peer, or why there is none. */
export type MaybePeer = Peer | { skipped: string }

/** Answers what our server answered, header for header. */
export async function startBare(asked: Target, folder: string): Promise<Peer> {
  const { method, path, headers, body, tokens } = asked
  const answer = await fetch(asked.url + path, {
    method,
    headers: { ...headers, authorization: `Bearer ${tokens?.kept[0] ?? ''}` },
    ...(body === undefined ? {} : { body }),
  })
  if (!answer.ok) throw new Error(`${asked.name}: ${answer.status} ${await answer.text()}`)
  const child = startProgram({
    script: 'scripts/bench/bare-server.ts',
    env: { BARE_ANSWER: JSON.stringify({ headers: Object.fromEntries(answer.headers), body: await answer.text() }) },
    log: join(folder, 'bare.log'),
  })
  const url = await firstLine(child)
  return { target: { ...asked, name: 'bare node:http', url, pids: [child.pid ?? 0] }, stop: () => stopProgram(child) }
}

/** Debian's, one worker, in a folder of its own on loopback. */
export async function startNginx(bytes: number, folder: string): Promise<MaybePeer> {
  const version = versionOf('nginx', ['-v'])
  if (version === undefined) return { skipped: 'nginx is not installed (apt-get install nginx-light)' }
  const root = join(folder, 'nginx')
  mkdirSync(root, { recursive: true })
  const port = await freePort()
  writeFileSync(join(root, 'answer.json'), `{"${'x'.repeat(Math.max(0, bytes - 5))}":1}`.slice(0, bytes))
  writeFileSync(join(root, 'nginx.conf'), configOf(root, port))
  const child = spawn('nginx', ['-c', join(root, 'nginx.conf'), '-p', root, '-e', join(root, 'error.log')], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/answer.json`).catch(() => undefined))?.ok === true, 10_000)
  const target: Target = {
    name: 'nginx, static file',
    url,
    pids: workersOf(child),
    method: 'GET',
    path: '/answer.json',
    headers: {},
  }
  return { target, stop: () => stopProgram(child) }
}

function configOf(root: string, port: number) {
  // Whoever is root may read the folder: the worker must, too.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((one) => `${one}_temp_path ${join(root, one)};`)
    .join('\n')
  return `${user}
daemon off; worker_processes 1; pid ${join(root, 'pid')};
events { worker_connections 1024; }
http {
${folders}
access_log off; keepalive_requests 1000000; open_file_cache max=10; types { application/json json; }
server { listen 127.0.0.1:${port}; root ${root}; }
}
`
}

/** From npm, into a folder of this run; asks GitHub once, which is a list of our own here (clients-lab §7). */
export async function startHazel(folder: string): Promise<MaybePeer> {
  const root = process.env.BENCH_HAZEL ?? join(folder, 'hazel')
  try {
    if (!process.env.BENCH_HAZEL) install(root)
  } catch (error) {
    return { skipped: `hazel-server could not be installed: ${String(error).split('\n')[0]}` }
  }
  const child = startProgram({
    script: 'scripts/bench/updates/hazel-server.ts',
    env: { HAZEL_FOLDER: root },
    log: join(folder, 'hazel.log'),
  })
  const url = await firstLine(child)
  const target: Target = {
    name: 'hazel-server',
    url,
    pids: [child.pid ?? 0],
    method: 'GET',
    path: '/update/darwin/1.0.0',
    headers: {},
  }
  return { target, stop: () => stopProgram(child) }
}

function install(root: string) {
  mkdirSync(root, { recursive: true })
  writeFileSync(join(root, 'package.json'), '{"private":true}')
  execFileSync('npm', ['install', 'hazel-server@5.1.1', '--no-audit', '--no-fund', '--ignore-scripts', '--silent'], {
    cwd: root,
    timeout: 240_000,
    stdio: 'ignore',
  })
}

export function versionOf(program: string, args: string[]) {
  try {
    return execFileSync(program, args, { stdio: 'pipe' }).toString()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function workersOf({ pid = 0 }: ChildProcess) {
  return [pid, ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)]
}

export function firstLine(child: ReturnType<typeof startProgram>) {
  return new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().split('\n')[0] ?? ''))
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it said where it listens.`)))
  })
}

function freePort() {
  return new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
