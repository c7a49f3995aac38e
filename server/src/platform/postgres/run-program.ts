// Runs a program to its end and gathers what it said.
import { spawn } from 'node:child_process'
import { CLEAN_ENV, type Account } from './account.ts'

export interface Run {
  readonly program: string
  readonly args: readonly string[]
  readonly account: Account
  readonly cwd: string
  /** Becomes descriptor 3 of the program. */
  readonly file: number
}

export async function runProgram({ program, args, account, cwd, file }: Run): Promise<{ ok: boolean; said: string }> {
  const child = spawn(program, args, { ...account, cwd, env: CLEAN_ENV, stdio: ['ignore', 'pipe', 'pipe', file] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ ok: code === 0, said: said.trim() }))
  })
}
