// Runs the program that makes a patch, beside the server: low priority, bounded memory, bounded time.
import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { PatchAnswer } from './patch-program.ts'
import type { PatchTask } from './write-patch.ts'

const PROGRAM = join(import.meta.dirname, 'patch-program.ts')
/** Below what the queue gives a job. */
const TIMEOUT_MS = 240_000

/** Throws where it was killed, ran too long or failed; aborted, it is killed at once. */
export async function runPatchProgram(task: PatchTask, signal: AbortSignal): Promise<PatchAnswer> {
  signal.throwIfAborted()
  const child = fork(PROGRAM, [JSON.stringify(task)], {
    // Contents lie outside of this heap; what it may take is watched by the program itself.
    execArgv: ['--max-old-space-size=64'],
    // It needs none of our secrets.
    env: {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const kill = () => void child.kill('SIGKILL')
  const timer = setTimeout(kill, TIMEOUT_MS)
  signal.addEventListener('abort', kill)
  try {
    return await answerOf(child)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', kill)
  }
}

function answerOf(child: ReturnType<typeof fork>): Promise<PatchAnswer> {
  let answer: PatchAnswer | undefined
  let complaint = ''
  // The program says nothing else.
  child.on('message', (message) => (answer = message as PatchAnswer))
  child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-500)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, killedBy) => {
      if (code === 0 && answer) return resolve(answer)
      reject(new Error(complaint.trim() || `The program that makes patches ended with ${killedBy ?? code}.`))
    })
  })
}
