// What the director says to one installation: run this target. Signed online, believed only beside the image repository (Uptane 2.1.0, §5.3).
import { parseManifest, type Manifest } from '../manifest.ts'
import { headOf, type TargetsDocument, type TufEnvelope, type TufTarget } from './documents.ts'
import { DIRECTOR } from './paths.ts'
import { isSignedEnough, signDocument, type Signer } from './sign.ts'

/** A targets document with one target, whose `custom` names the installation. */
export type Direction = TufEnvelope<TargetsDocument>

/** `version` must rise for an installation from direction to direction: an older one is never believed again. */
export function signDirection(
  {
    installationId,
    path,
    target,
    ...head
  }: { installationId: string; path: string; target: TufTarget; version: number; expires: Date },
  director: Signer,
): Direction {
  const { length, hashes } = target
  return signDocument({ ...headOf('targets', head), targets: { [path]: { length, hashes, custom: { installationId } } } }, [
    director,
  ])
}

export type DirectionVerdict =
  | { ok: true; path: string; target: TufTarget; version: number }
  | { ok: false; code: string; reason: string }

export interface Circumstances {
  /** The top-level targets of the image repository, which were verified already: they name the director's keys. */
  targets: TargetsDocument
  installationId: string
  now: Date
  /** The highest version that this installation believed before; 0 for none. */
  lastVersion: number
}

/**
 * Believes nothing that the director's keys did not sign for this very installation, that is too old, or that is older than what was believed before.
 * Codes: `direction.malformed`, `direction.signature_wrong`, `direction.for_another`, `direction.expired`, `direction.replayed`.
 */
export function verifyDirection(value: unknown, { targets, installationId, now, lastVersion }: Circumstances): DirectionVerdict {
  const direction = readDirection(value)
  if (!direction) return refuse('malformed', 'The direction is not a TUF targets document with one target.')
  const role = targets.delegations?.roles.find(({ name }) => name === DIRECTOR)
  if (!role || !isSignedEnough(direction, role, targets.delegations?.keys ?? {}))
    return refuse('signature_wrong', 'The direction is not signed by a director that the product names.')
  const { signed } = direction
  const [[path, target] = []] = Object.entries(signed.targets)
  if (path === undefined || !target || target.custom?.installationId !== installationId)
    return refuse('for_another', 'The direction is for another installation.')
  if (now.getTime() >= Date.parse(signed.expires))
    return refuse('expired', `The direction expired at ${signed.expires}; the clock here says ${now.toISOString()}.`)
  if (signed.version < lastVersion) return refuse('replayed', 'The direction is older than one that was followed before.')
  return { ok: true, path, target, version: signed.version }
}

/** Only the shape: what it says is believed after its signature was checked, over these very fields. */
function readDirection(value: unknown): Direction | undefined {
  const [signed, signatures] = [own(value, 'signed'), own(value, 'signatures')]
  if (own(signed, '_type') !== 'targets' || !Number.isSafeInteger(own(signed, 'version'))) return undefined
  // What is no time would never be over.
  if (Number.isNaN(Date.parse(String(own(signed, 'expires'))))) return undefined
  if (typeof own(signed, 'expires') !== 'string' || !Array.isArray(signatures) || signatures.length > 10) return undefined
  if (!signatures.every((one) => typeof own(one, 'keyid') === 'string' && typeof own(one, 'sig') === 'string')) return undefined
  const targets = own(signed, 'targets')
  if (typeof targets !== 'object' || targets === null || Object.keys(targets).length !== 1) return undefined
  const target: unknown = Object.values(targets)[0]
  if (typeof own(target, 'length') !== 'number' || typeof own(own(target, 'hashes'), 'sha256') !== 'string') return undefined
  // Every field that is read was looked at above, or is compared with what is trusted.
  return value as Direction
}

/** The signed facts of a target of a channel, read as strictly as a manifest and in its words; undefined where it is no artifact of ours. */
export function manifestOfTarget({
  length,
  hashes,
  custom,
}: TufTarget): { manifest: Manifest; channel: string; replaces: string[] } | undefined {
  if (custom?.format !== 2 || typeof custom.channel !== 'string') return undefined
  const { product, version, releaseId, sequence, publishedAt, platform, arch, name, kind, plain } = custom
  const artifact = {
    platform,
    arch,
    name,
    kind,
    size: length,
    sha256: own(hashes, 'sha256'),
    sha512: own(hashes, 'sha512'),
    plain,
  }
  const parsed = parseManifest({ format: 1, product, version, releaseId, sequence, publishedAt, artifacts: [artifact] })
  const replaces = Array.isArray(custom.replaces) ? custom.replaces.filter((one) => typeof one === 'string') : []
  return parsed.ok ? { manifest: parsed.manifest, channel: custom.channel, replaces } : undefined
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined
}

function refuse(code: string, reason: string): DirectionVerdict {
  return { ok: false, code: `direction.${code}`, reason }
}
