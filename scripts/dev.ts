// `npm run dev`: the web app with hot reload, against the mock; with `-- --real` against a Fairway that starts anew at each change.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createServer } from 'vite'

const ROOT = join(import.meta.dirname, '..')
const MOCK = 'http://127.0.0.1:4611'
const isReal = process.argv.includes('--real')
const given = process.env['FAIRWAY_DEV_SERVER']

/** Ends with us, whatever ends us. */
function start(...args: string[]) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  process.once('exit', () => child.kill())
  child.once('exit', (code) => process.exit(code ?? 1))
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))
// A server that was given runs already.
if (!given) start('--watch', ...(isReal ? ['--max-semi-space-size=2', 'server/src/main.ts'] : ['web/mock/main.ts']))
process.env['FAIRWAY_DEV_SERVER'] = given ?? (isReal ? `http://localhost:${process.env['FAIRWAY_PORT'] ?? 4600}` : MOCK)

const vite = await createServer({ configFile: join(ROOT, 'web/vite.config.ts') })
await vite.listen()
vite.printUrls()
