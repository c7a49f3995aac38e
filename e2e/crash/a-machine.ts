// A customer's machine: a folder, real software, and the real agent, which is killed at a step that the test names.
import { mkdtemp, readFile, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { layoutOf } from '../../agent/src/layout.ts'
import { startAgent } from '../../agent/src/testing/installation.ts'
import { configOf, freePort } from '../../agent/src/testing/software.ts'
import { countKill } from './kills.ts'
import type { Stage } from './stage.ts'

export type AMachine = Awaited<ReturnType<typeof aMachine>>

/** Enrolled, with nothing installed yet. */
export async function aMachine(
  { server, admin, organisationId }: Stage,
  { productId, name }: { productId: string; name: string },
) {
  const dir = await mkdtemp(join(tmpdir(), 'fairway-machine-'))
  const port = await freePort()
  const layout = layoutOf(dir)
  await writeFile(layout.config, JSON.stringify(configOf(port, { healthSeconds: 5 })))
  const wish = { organisationId, productId, channel: 'stable', name }
  const { token, fingerprint } = await admin.call<{ token: string; fingerprint: string }>('POST', '/enrolments', wish)
  const enrolled = await startAgent(['enroll', server.url, token, '--fingerprint', fingerprint, '--name', name, '--dir', dir])
    .ended
  if (enrolled.code !== 0) throw new Error(enrolled.log)
  const { installationId } = JSON.parse(await readFile(layout.identity, 'utf8')) as { installationId: string }
  const once = (env: Record<string, string> = {}) => startAgent(['run', '--once', '--dir', dir], { env }).ended

  return {
    name,
    installationId,
    once,
    /** Kills itself with -9 there. */
    async crashAt(moment: string) {
      const { signal, log } = await once({ FAIRWAY_AGENT_CRASH_AT: moment })
      if (signal !== 'SIGKILL') throw new Error(`The agent never came to ${moment}:\n${log}`)
      countKill('agent')
    },
    /** What `current` names, what answers, and whether anything of an update is left lying about. */
    async look() {
      return {
        current: await readlink(layout.current).then(basename, () => null),
        answers: await fetch(`http://127.0.0.1:${port}/`).then(
          (response) => response.text(),
          () => null,
        ),
        journal: await readFile(layout.journal, 'utf8').catch(() => null),
        downloads: await readdir(layout.downloads),
        waiting: await readdir(layout.reports).catch(() => []),
      }
    },
    async [Symbol.asyncDispose]() {
      const pid = Number(await readFile(join(dir, 'service.pid'), 'utf8').catch(() => '0'))
      try {
        if (pid > 0) process.kill(pid, 'SIGKILL')
      } catch {
        // It ended by itself.
      }
      await rm(dir, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}
