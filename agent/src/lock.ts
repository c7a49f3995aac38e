// One agent per folder: an abstract Unix socket, which the kernel frees when the process dies, however it dies.
import { stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { AgentError, systemCode } from './agent-error.ts'

/**
 * A lock file would outlive a kill -9, and a process id in it may by then be another program's. The name is device and inode,
 * so that two paths to one folder are one lock. It does not reach over network namespaces: do not share the folder between containers.
 */
export async function lockFolder(dir: string): Promise<AsyncDisposable> {
  const { dev, ino } = await stat(dir)
  const server = createServer((socket) => socket.destroy())
  server.unref()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(whyNotLocked(error, dir)))
    server.listen({ path: `\0fairway-agent-${dev}-${ino}`, exclusive: true }, resolve)
  })
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) }
}

function whyNotLocked(error: Error, dir: string): Error {
  if (systemCode(error) !== 'EADDRINUSE') return error
  return new AgentError(
    'lock.taken',
    `Another fairway-agent already works on ${dir}. Stop it first, or use "fairway-agent status".`,
  )
}

export async function isLocked(dir: string): Promise<boolean> {
  try {
    await using _lock = await lockFolder(dir)
    return false
  } catch (error) {
    if (error instanceof AgentError) return true
    throw error
  }
}
