// Builds the installations: each from its line in the specs, with the past that fits it.
import { dieOf, digestOf, idOf } from '../dice.ts'
import { ago, after, before, msOf } from '../times.ts'
import type { Installation } from '../world.ts'
import { organisationId } from './customers.ts'
import { NAMED, type Spec, UNNAMED } from './fleet-specs.ts'
import { fails, type History, isUnderWay, join, laterBy, wentBack, wentWell } from './histories.ts'
import { GATE, PUBLISHED, releaseId, SERVER } from './products.ts'

/** When each step of the rollout of 1.4.2 began. */
export const STEPS_BEGAN = ['3d 20h 50m', '3d 1h', '2d 4h', '1d 4h 18m']
export const FAILED_AT: Record<string, { span: string; reason: string }> = {
  'Packing line 2': { span: '20h 12m', reason: 'Disk full while unpacking.' },
  'Depot Kestrup': { span: '2d 23h', reason: 'Health did not pass within 5 minutes.' },
}
const DEGRADED_BECAUSE = 'Print queue: 96 waiting, none printed in 31 minutes.'
const VERSIONS = Object.keys(PUBLISHED).filter((version) => !version.includes('beta'))

export function fleet(): Installation[] {
  return [...NAMED, ...UNNAMED].map(build).concat(gateTerminals(), testServer())
}

export function idOfSpec({ id, name, customer }: Pick<Spec, 'id' | 'name' | 'customer'>) {
  return id ?? idOf('in', `${customer} ${name}`)
}

export function build(spec: Spec): Installation {
  const { name, customer, version, condition, silentFor } = spec
  const id = idOfSpec(spec)
  const since = sinceOf(spec)
  const { reports, outcomes } = pastOf(spec, { id, since })
  const isFailing = condition === 'failing'
  return {
    id,
    organisationId: organisationId(customer),
    productId: SERVER,
    channel: 'stable',
    name,
    ...machineOf(id),
    ...{
      state: 'active',
      version,
      releaseId: releaseId(SERVER, version),
      condition,
    },
    health: isFailing ? 'unhealthy' : 'healthy',
    healthySince: isFailing ? null : since,
    ...{
      copied: name === 'Quay tablet rack',
      copiedAt: name === 'Quay tablet rack' ? ago('39m') : null,
    },
    enrolledAt: before(since, msOf('210d') + dieOf(id, msOf('90d'))),
    refusedReleaseIds: FAILED_AT[name] ? [releaseId(SERVER, '1.4.2')] : [],
    keyFingerprint: `sha256:${digestOf(id)}`,
    ...{
      reports,
      outcomes,
      silentSince: silentFor === undefined ? null : ago(silentFor),
    },
  }
}

function machineOf(id: string) {
  const die = dieOf(`machine ${id}`, 10)
  return { platform: die === 0 ? 'windows' : 'linux', arch: die === 1 ? 'arm64' : 'x64' }
}

/** Since when it runs its version. */
function sinceOf({ version, step, since, name }: Spec) {
  if (since !== undefined) return ago(since)
  if (version !== '1.4.2') return laterBy(ago(PUBLISHED[version] ?? '75d'), name, '4d')
  // The fourth step came to most in their night.
  return step === 4 ? laterBy(ago('11h 40m'), name, '50m') : laterBy(ago(STEPS_BEGAN[step - 1] ?? '3d'), name, '9h')
}

function pastOf({ name, version, condition, remembers = 2 }: Spec, { id, since }: { id: string; since: string }): History {
  const at = { installationId: id, productId: SERVER }
  const older = VERSIONS.slice(VERSIONS.indexOf(version) + 1)
  const went = wentWell({ ...at, version, from: older[0] ?? null, at: since })
  const before = older.slice(0, remembers).map((one, index) => {
    const ended = laterBy(ago(PUBLISHED[one] ?? '75d'), `${name} ${one}`, '4d')
    return wentWell({ ...at, version: one, from: older[index + 1] ?? null, at: ended })
  })
  return join([...latestOf(name, condition, { ...at, version }), went, ...before])
}

function latestOf(
  name: string,
  condition: Spec['condition'],
  { version, ...at }: { installationId: string; productId: string; version: string },
) {
  const failed = FAILED_AT[name]
  if (failed) return [wentBack({ ...at, version: '1.4.2', from: version, at: ago(failed.span), reason: failed.reason })]
  const begunMs = dieOf(name, msOf('50s')) + msOf('10s')
  if (condition === 'updating') return [isUnderWay({ ...at, version: '1.4.2', from: version, at: before(Date.now(), begunMs) })]
  if (condition === 'degraded')
    return [fails({ ...at, version, from: null, at: before(ago('47m'), dieOf(name, msOf('3h'))), reason: DEGRADED_BECAUSE })]
  return []
}

const HOME = 'Brennmoor Logistics'
const BASE: Spec = { name: '', customer: HOME, version: '', condition: 'healthy', step: 5, standing: 'to_come' }

/** The third of the customer that one signs in as: another product, and silent. */
function gateTerminals(): Installation {
  const spec: Spec = {
    ...BASE,
    id: 'in_gs41qd',
    name: 'Gate terminals, Südtor',
    version: '3.2.0',
    condition: 'silent',
    silentFor: '4h 37m',
  }
  const at = ago('28d')
  const past = wentWell({ installationId: 'in_gs41qd', productId: GATE, version: '3.2.0', from: '3.1.9', at })
  return { ...build({ ...spec, since: '28d' }), productId: GATE, releaseId: releaseId(GATE, '3.2.0'), ...past }
}

/** The fourth: it tries what is to come. */
function testServer(): Installation {
  const at = { installationId: 'in_ts77vb', productId: SERVER, from: '1.4.2' }
  const past = join([
    isUnderWay({ ...at, version: '1.5.0-beta.3', at: ago('50s') }),
    wentWell({ ...at, version: '1.4.2', from: '1.4.1', at: after(ago(PUBLISHED['1.4.2'] ?? '3d'), msOf('20m')) }),
  ])
  const built = build({ ...BASE, id: 'in_ts77vb', name: 'Test server', version: '1.4.2', condition: 'updating', since: '3d 20h' })
  return { ...built, channel: 'beta', ...past }
}
