// Talks the agent protocol for stories, over HTTP, as an installation would; what it runs is a word, not a program.
import { randomUUID } from 'node:crypto'
import type { TestFairway } from './open-fairway.ts'
import { type AnInstallation, anInstallation, type InstallationWish } from './installations.ts'

export interface CheckInAnswer {
  decision: 'current' | 'held' | 'update'
  because?: { code: string; text: string }
  manifest?: { payload: string }
  direction?: unknown
  artifact?: { url: string; sha256: string; size: number; name: string }
}

interface ManifestFacts {
  releaseId: string
  version: string
  sequence: number
}

export type SpokenAgent = ReturnType<typeof speakFor>

/** An enrolled installation that speaks for itself. */
export async function aSpokenAgent(fairway: TestFairway, wish: InstallationWish = {}) {
  return speakFor(fairway, await anInstallation(fairway, wish))
}

export function speakFor(fairway: TestFairway, { installation, headers }: Pick<AnInstallation, 'installation' | 'headers'>) {
  const runs: {
    /** 2: an agent that verifies TUF. */
    trust?: number
    version: string | null
    releaseId: string | null
    health: string
    sequence: number
    refused: string[]
  } = {
    version: null,
    releaseId: null,
    health: 'unknown',
    sequence: 0,
    refused: [],
  }
  const post = (url: string, payload: object) => fairway.http.inject({ method: 'POST', url, headers, payload })

  async function checkIn() {
    const { version, releaseId, health, sequence, refused, trust } = runs
    const response = await post('/updates/v1/check-ins', {
      version,
      releaseId,
      health,
      platform: 'linux',
      arch: 'x64',
      highestSequence: sequence,
      refused,
      ...(trust ? { trust } : {}),
    })
    if (response.statusCode !== 200) throw new Error(response.body)
    return response.json<CheckInAnswer>()
  }

  async function report(releaseId: string, kind: string, reason?: string) {
    const response = await post('/updates/v1/reports', {
      reports: [{ reportId: randomUUID(), releaseId, kind, version: runs.version, ...(reason ? { reason } : {}) }],
    })
    if (response.statusCode !== 200) throw new Error(response.body)
  }

  /** Takes what is offered, if anything; it becomes healthy, or fails and goes back. */
  async function update(outcome: 'healthy' | 'failed' = 'healthy') {
    const answer = await checkIn()
    if (answer.decision !== 'update') return answer
    const manifest = JSON.parse(Buffer.from(answer.manifest?.payload ?? '', 'base64').toString()) as ManifestFacts
    await report(manifest.releaseId, 'downloaded')
    if (outcome === 'failed') {
      await report(manifest.releaseId, 'failed', 'The health check failed.')
      await report(manifest.releaseId, 'rolled_back')
      runs.refused.push(manifest.releaseId)
    } else {
      Object.assign(runs, {
        version: manifest.version,
        releaseId: manifest.releaseId,
        health: 'healthy',
        sequence: manifest.sequence,
      })
      await report(manifest.releaseId, 'healthy')
    }
    await checkIn()
    return answer
  }

  return { installation, headers, runs, checkIn, report, update }
}
