// Fairway itself, as `npm start` would start it, with a data folder of its own and an administrator from the environment.
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PASSWORD } from './people.ts'
import { startProgram } from './processes.ts'

export const ADMIN = 'admin@vendor.example'

export async function startPlatform(folder: string, more: Record<string, string> = {}) {
  mkdirSync(folder, { recursive: true })
  const port = await portFor(4600)
  const server = `http://localhost:${port}`
  const log = join(folder, 'fairway.log')
  const child = startProgram({
    script: 'server/src/main.ts',
    nodeFlags: ['--max-semi-space-size=2'],
    log,
    env: {
      FAIRWAY_DATA: join(folder, 'data'),
      FAIRWAY_PORT: String(port),
      FAIRWAY_PUBLIC_URL: server,
      FAIRWAY_ADMIN_EMAIL: ADMIN,
      FAIRWAY_ADMIN_PASSWORD: PASSWORD,
      ...more,
    },
  })
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`Fairway did not start:\n${readFileSync(log, 'utf8')}`)
    const response = await fetch(`${server}/health/ready`).catch(() => undefined)
    return response?.ok
  }
  return { server, child, isReady }
}

/** The usual port, or any free one where somebody else has it. */
function portFor(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(portFor(0)))
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : wanted))
    })
  })
}
