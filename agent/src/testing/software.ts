// The software that the tests keep up to date: a real HTTP service with start and stop scripts and a pid file, packed as a release.
import { createServer } from 'node:net'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { ArtifactKind } from '@fairway/trust'
import { pack, type Pack } from 'tar-stream'

export type Behaviour = 'good' | 'unhealthy' | 'does not start'

// Answers with its version; `unhealthy` answers 503. The pid file lies in the installation's folder, outside of any version.
const service = (version: string, behaviour: Behaviour) => `
import { createServer } from 'node:http'
const server = createServer((_request, response) => {
  response.statusCode = ${behaviour === 'unhealthy' ? 503 : 200}
  response.end('${version}')
})
server.listen(Number(process.argv[2]), '127.0.0.1')
process.on('SIGTERM', () => { server.close(() => process.exit(0)); server.closeAllConnections() })
`

const start = (behaviour: Behaviour) => `#!/bin/sh
${behaviour === 'does not start' ? 'echo "no licence found" >&2; exit 3' : ''}
if [ -f "$2/service.pid" ] && kill -0 "$(cat "$2/service.pid")" 2>/dev/null; then echo "runs already" >&2; exit 4; fi
"$3" "$FAIRWAY_DIR/service.mjs" "$1" >/dev/null 2>&1 &
echo $! > "$2/service.pid"
`

const stop = `#!/bin/sh
[ -f "$1/service.pid" ] || exit 0
pid="$(cat "$1/service.pid")"
kill "$pid" 2>/dev/null
i=0
while kill -0 "$pid" 2>/dev/null; do
  i=$((i+1)); [ $i -gt 300 ] && exit 1
  # A stopped service whose parent is gone may stay a zombie where nobody collects them.
  grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null && break
  sleep 0.01
done
rm -f "$1/service.pid"
`

export interface PackedSoftware {
  version: string
  behaviour?: Behaviour
  kind?: 'tar.gz' | 'tar.zst'
  /** Random bytes beside the service, to make a download take a while. */
  extra?: Buffer
}

export async function packSoftware({
  version,
  behaviour = 'good',
  kind = 'tar.gz',
  extra,
}: PackedSoftware): Promise<{ bytes: Buffer; kind: ArtifactKind }> {
  const tar = pack()
  tar.entry({ name: 'service.mjs', mode: 0o644 }, service(version, behaviour))
  tar.entry({ name: 'start.sh', mode: 0o755 }, start(behaviour))
  tar.entry({ name: 'stop.sh', mode: 0o755 }, stop)
  if (extra) tar.entry({ name: 'data/extra.bin' }, extra)
  tar.finalize()
  const bytes = await bytesOf(tar)
  return { kind, bytes: kind === 'tar.gz' ? gzipSync(bytes) : zstdCompressSync(bytes) }
}

export async function bytesOf(tar: Pack): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of tar) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The local configuration for it; quick enough for tests. */
export function configOf(port: number, changes: Record<string, unknown> = {}) {
  return {
    start: ['{current}/start.sh', String(port), '{dir}', process.execPath],
    stop: ['{current}/stop.sh', '{dir}'],
    health: { http: `http://127.0.0.1:${port}/health` },
    healthSeconds: 2,
    healthChecks: 2,
    healthIntervalSeconds: 0.02,
    commandSeconds: 10,
    ...changes,
  }
}

/** Below the range from which the kernel takes ports for outgoing lines: one of those could take it while the service is down. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
