// Whether what the director tells this installation to run is genuine: both repositories of Uptane must say the same.
import { DIRECTOR, manifestOfTarget, targetPath, verifyDirection, type TargetsDocument, type TufTarget } from '@fairway/trust'
import type { Agent } from '../agent.ts'
import { crashPoint } from '../crash.ts'
import { field, isObject } from '../json.ts'
import { readState, saveState, type BelievedDirection, type State } from '../state.ts'
import { verifyGenuine, type OfferVerdict, type Pins } from '../verify.ts'
import { consult, type ImageRepository } from './consult.ts'
import { expired, untrusted, type Untrusted } from './untrusted.ts'

export interface DirectedOffer {
  direction: unknown
  url: string
}

/** Only a verdict of `trust.none` leaves room for format 1. Throws a ServerProblem where the server does not answer. */
export async function judgeDirection(agent: Agent, offer: DirectedOffer, pins: Pins): Promise<OfferVerdict | Untrusted> {
  const consulted = await consult(agent, (repository) => judgeBoth(agent, repository, { offer, pins }))
  return consulted.ok ? consulted.answer : consulted
}

async function judgeBoth(
  agent: Agent,
  repository: ImageRepository,
  { offer, pins }: { offer: DirectedOffer; pins: Pins },
): Promise<OfferVerdict | Untrusted> {
  if (offer.direction === undefined)
    return untrusted(
      'trust.downgrade',
      'The server offers a release without a direction, which this installation no longer believes.',
    )
  const directed = await believeDirection(agent, repository.targets, offer.direction)
  if (!directed.ok) return directed
  const { path, target } = directed
  const genuine = await repository.find(path)
  if (!genuine || !isSameFile(genuine, target))
    return untrusted('trust.not_genuine', `The server offers ${path}, but the product's keys did not sign such a file.`)
  const said = manifestOfTarget(genuine)
  if (!said || !saysPath(said, path))
    return untrusted('trust.target_malformed', `What is signed about ${path} does not fit its place.`)
  return verifyGenuine({ ...said, url: offer.url }, pins)
}

/** What was believed once is remembered before it is followed, so that an older word is never believed again. */
async function believeDirection(agent: Agent, targets: TargetsDocument, direction: unknown) {
  const { layout, identity } = agent
  const state = await readState(layout.stateFile)
  const keyids = targets.delegations?.roles.find(({ name }) => name === DIRECTOR)?.keyids ?? []
  const lastVersion = lastVersionOf(state, { direction, keyids })
  const now = new Date()
  const verdict = verifyDirection(direction, { targets, installationId: identity.installationId, now, lastVersion })
  if (!verdict.ok)
    return verdict.code === 'direction.expired' ? expiredDirection(direction, now) : untrusted(verdict.code, verdict.reason)
  const version = Math.max(verdict.version, lastVersionOf(state, { keyids }))
  await rememberDirection(agent, state, { version, path: verdict.path, keyids })
  return verdict
}

/**
 * A director whose keys were all replaced counts from the beginning: who stole the old ones may have counted far ahead.
 * The same word again is no replay, even if it is older: two processes of one server sign it at different seconds.
 */
function lastVersionOf(
  { direction: last }: Pick<State, 'direction'>,
  { direction, keyids }: { direction?: unknown; keyids: string[] },
) {
  const isSameDirector = last?.keyids.some((keyid) => keyids.includes(keyid)) ?? false
  if (!last || !isSameDirector || pathOf(direction) === last.path) return 0
  return last.version
}

/** Unverified; where verification goes well it is what the direction names. */
function pathOf(direction: unknown): string | undefined {
  const targets = field(field(direction, 'signed'), 'targets')
  return isObject(targets) ? Object.keys(targets)[0] : undefined
}

async function rememberDirection({ layout }: Agent, state: State, direction: BelievedDirection): Promise<void> {
  if (JSON.stringify(state.direction) === JSON.stringify(direction)) return
  crashPoint('keep_direction', 'before')
  await saveState(layout.stateFile, { ...state, direction })
  crashPoint('keep_direction', 'after')
}

function expiredDirection(direction: unknown, now: Date): Untrusted {
  // Verified up to its expiry, so the field is there.
  const { expires } = (direction as { signed: { expires: string } }).signed
  return expired('direction.expired', 'What the server says this installation should run', { expires, now })
}

function isSameFile(genuine: TufTarget, directed: TufTarget): boolean {
  const [ours, theirs] = [genuine.hashes?.['sha256'], directed.hashes?.['sha256']]
  return typeof ours === 'string' && ours === theirs && genuine.length === directed.length
}

function saysPath({ manifest, channel }: NonNullable<ReturnType<typeof manifestOfTarget>>, path: string): boolean {
  const { version, artifacts } = manifest
  return artifacts.some(({ name }) => targetPath({ channel, version, name }) === path)
}
