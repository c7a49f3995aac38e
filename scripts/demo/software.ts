// The vendor's product: a small real HTTP service, packed as a release; one version of it does not become healthy.
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'

export interface Build {
  version: string
  isBroken: boolean
}

function serviceOf({ version, isBroken }: Build) {
  return `import { createServer } from 'node:http'
const health = ${isBroken ? '[503, "the price list cannot be read"]' : '[200, "ok"]'}
createServer((request, response) => {
  const [status, text] = request.url === '/health' ? health : [200, 'till ${version}']
  response.writeHead(status, { 'content-type': 'text/plain' }).end(text + '\\n')
}).listen(Number(process.argv[2]), '127.0.0.1')
`
}

/** Writes a `.tar.gz` with the service; returns the file. */
export async function buildRelease(folder: string, build: Build) {
  const file = join(folder, `till-${build.version}-any.tar.gz`)
  const archive = pack()
  archive.entry({ name: 'service.mjs', mode: 0o644 }, serviceOf(build))
  archive.entry({ name: 'VERSION' }, `${build.version}\n`)
  archive.finalize()
  await pipeline(archive, createGzip(), createWriteStream(file))
  return file
}

/** How a customer's machine starts and stops it: local files, which the server never sends. */
export const START_SCRIPT = `import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const [, , current, port, pidFile] = process.argv
const child = spawn(process.execPath, [current + '/service.mjs', port], { detached: true, stdio: 'ignore', cwd: '/' })
writeFileSync(pidFile, String(child.pid))
child.unref()
`

export const STOP_SCRIPT = `import { readFileSync, rmSync } from 'node:fs'
const [, , pidFile] = process.argv
const alive = (pid) => { try { process.kill(pid, 0); return true } catch { return false } }
let pid
try { pid = Number(readFileSync(pidFile, 'utf8')) } catch { process.exit(0) }
if (pid > 1 && alive(pid)) process.kill(pid, 'SIGTERM')
while (pid > 1 && alive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
rmSync(pidFile, { force: true })
`
