// Follows a rollout to its end; an interrupted line does not end the watching, since the rollout goes on without us.
import { setTimeout as delay } from 'node:timers/promises'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { ask } from '../reach/ask.ts'
import type { Session } from '../run.ts'
import { createRolloutView } from '../terminal/rollout-view.ts'
import type { Rollout } from './start-rollout.ts'

const POLL_MS = 2000
const PATIENCE_MS = 300_000

export async function watchRollout(session: Session, first: Rollout): Promise<Rollout> {
  const view = createRolloutView(session.voice)
  const look = createLook(session, first.id)
  let rollout = first
  try {
    view.show(rollout)
    while (rollout.state === 'running' || rollout.state === 'paused') {
      await delay(POLL_MS)
      rollout = (await look()) ?? rollout
      view.show(rollout)
    }
    return rollout
  } finally {
    view.end()
  }
}

/** Undefined while the server cannot be reached; after some minutes of that it gives up. */
function createLook({ client, voice }: Session, rolloutId: string) {
  let reachedAt = Date.now()
  return async () => {
    try {
      const rollout = await ask(client.GET('/api/v1/rollouts/{rolloutId}', { params: { path: { rolloutId } } }))
      reachedAt = Date.now()
      return rollout
    } catch (error) {
      const mayPass = error instanceof Failure && error.exitCode === EXIT.unreachable && Date.now() - reachedAt < PATIENCE_MS
      if (!mayPass) throw error
      voice.note(`${error.message} The rollout goes on; we keep looking.`)
      return undefined
    }
  }
}

export function exitCodeOfRollout({ state }: Rollout): ExitCode {
  return state === 'halted' ? EXIT.halted : EXIT.done
}
