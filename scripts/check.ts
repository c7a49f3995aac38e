// Everything that a machine can check of the sources, in parallel where it may: format, lint, types, architecture, unit tests.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name)

interface Check {
  name: string
  command: string[]
}

const CHECKS: Check[] = [
  { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'lint', command: [bin('oxlint'), '--deny-warnings'] },
  ...['.', 'trust', 'client', 'server', 'agent', 'cli', 'web'].map((project) => ({
    name: `types ${project}`,
    command: [bin('tsc'), '-p', project],
  })),
  { name: 'unit tests', command: [process.execPath, join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'unit'] },
]

function run({ name, command }: Check) {
  const began = performance.now()
  const [program = '', ...args] = command
  return new Promise<boolean>((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const collect = (chunk: Buffer) => void (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('close', (code) => {
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      console.log(`${code === 0 ? '  ok' : 'FAIL'}  ${name} (${seconds} s)`)
      if (code !== 0) console.log(output)
      resolve(code === 0)
    })
  })
}

const results: boolean[] = []
// Two at a time: the usual machine of a build has two cores.
const queue = [...CHECKS]
await Promise.all(
  [0, 1].map(async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await run(next))
  }),
)
const passed = results.filter(Boolean).length
console.log(`${passed} of ${results.length} checks passed.`)
process.exitCode = passed === results.length ? 0 : 1
