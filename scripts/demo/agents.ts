// The customers' machines: each has a folder, a local configuration, and an agent as a process of its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { DemoPerson } from './people.ts'
import { runProgram, startProgram } from './processes.ts'
import { START_SCRIPT, STOP_SCRIPT } from './software.ts'

export interface Machine {
  name: string
  organisationId: string
  dir: string
  port: number
}

const folders: string[] = []

/** What the demo's agents do quickly; a real one asks once a minute. */
const HASTE = { pollSeconds: 1, healthSeconds: 4, healthChecks: 2, healthIntervalSeconds: 0.3, commandSeconds: 20 }

export async function prepareMachine(
  folder: string,
  { name, organisationId }: Pick<Machine, 'name' | 'organisationId'>,
): Promise<Machine> {
  const dir = join(folder, 'machines', name)
  mkdirSync(dir, { recursive: true })
  folders.push(dir)
  const [start, stop, pidFile] = ['start.mjs', 'stop.mjs', 'service.pid'].map((file) => join(dir, file))
  writeFileSync(start ?? '', START_SCRIPT)
  writeFileSync(stop ?? '', STOP_SCRIPT)
  const port = await freePort()
  const config = {
    start: [process.execPath, start, '{current}', String(port), pidFile],
    stop: [process.execPath, stop, pidFile],
    health: { http: `http://127.0.0.1:${port}/health` },
    ...HASTE,
  }
  writeFileSync(join(dir, 'agent.json'), JSON.stringify(config, undefined, 2))
  return { name, organisationId, dir, port }
}

/** An operator asks for the enrolment command; it is run on the machine; then the agent goes on by itself. */
export async function connect(
  operator: DemoPerson,
  machine: Machine,
  { server, productId }: { server: string; productId: string },
) {
  const { dir, name, organisationId } = machine
  const { token, fingerprint } = await operator.call<{ token: string; fingerprint: string }>('POST', '/enrolments', {
    organisationId,
    productId,
    channel: 'stable',
    name,
  })
  const log = join(dir, 'agent.log')
  const script = 'agent/src/main.ts'
  await runProgram({ script, args: ['enroll', server, token, '--fingerprint', fingerprint, '--dir', dir, '--name', name], log })
  return startProgram({ script, args: ['run', '--dir', dir], log })
}

/** What the service itself says that it is: the proof beyond all reports. */
export async function runningVersion({ port }: Machine) {
  const response = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)
  return response?.ok ? (await response.text()).trim().replace('till ', '') : undefined
}

/** Stops the software of every machine; it outlives its agent on purpose. */
export function stopAllSoftware() {
  for (const dir of folders) {
    try {
      process.kill(Number(readFileSync(join(dir, 'service.pid'), 'utf8')), 'SIGTERM')
    } catch {
      // It does not run.
    }
  }
}

function freePort() {
  return new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
