// hazel-server as its own server runs it, but for GitHub: what it would fetch there is one release of ours.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import Module, { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(join(process.env.HAZEL_FOLDER ?? '', 'package.json'))
const url = 'https://github.com/vendor/till/releases/download/1.1.0/till-1.1.0-mac.zip'
const asset = { name: 'till-1.1.0-mac.zip', browser_download_url: url, url, content_type: 'application/zip', size: 10_000_000 }
const release = {
  tag_name: '1.1.0',
  body: 'Notes.',
  published_at: '2026-11-23T10:00:00Z',
  draft: false,
  prerelease: false,
  assets: [asset],
}
const github = async () => ({ status: 200, json: async () => [release] })

// Private, but the one place where what another package requires can be another thing.
const modules = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown }
const original = modules._load
modules._load = (name, ...rest) => (name === 'node-fetch' ? github : original(name, ...rest))
// It says each time that it caches; the first line is for the address.
console.log = () => undefined

const hazel = require('hazel-server') as (config: object) => (request: IncomingMessage, response: ServerResponse) => void
const server = createServer(hazel({ account: 'vendor', repository: 'till', interval: 15 }))
server.keepAliveTimeout = 72_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}\n`)
})
process.on('SIGTERM', () => process.exit(0))
