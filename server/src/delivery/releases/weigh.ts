// What a release weighed on its way to installations, and what whole files would have; pure.
import { findFitting } from '@fairway/trust'
import type { FetchedCount } from '#fleet'
import type { Artifact } from '../artifacts/artifact.ts'

/** Only those that told count, on both sides. */
export function weigh(artifacts: Artifact[], told: FetchedCount[]) {
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
  const fetched = sum(told.map(({ bytes }) => bytes))
  const whole = sum(told.map((one) => one.installations * (findFitting(artifacts, one)?.size ?? 0)))
  const byPatch = sum(told.filter(({ how }) => how === 'patch').map(({ installations }) => installations))
  // A patch that came to nothing is paid for: then nothing was saved.
  return { fetched, whole, saved: Math.max(0, whole - fetched), byPatch }
}
