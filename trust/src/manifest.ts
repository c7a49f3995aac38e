// What a release's manifest is, and the strict reading of one that came from outside.

export type ArtifactKind = 'tar.gz' | 'tar.zst' | 'zip' | 'opaque'

/** One file of a release. `size` in bytes, digests in lower-case hex. */
export interface ManifestArtifact {
  platform: string
  arch: string
  name: string
  kind: ArtifactKind
  size: number
  sha256: string
  sha512: string
  /** Between these contents patches are made. Absent where nobody could learn it, and in older manifests. */
  plain?: PlainContent
}

/** What is inside the compression of a file: of `tar.gz` and `tar.zst` the tar, of any other kind the file itself. */
export interface PlainContent {
  sha256: string
  /** bytes */
  size: number
}

/** docs/agent-protocol.md, "The manifest". */
export interface Manifest {
  format: 1
  product: string
  version: string
  releaseId: string
  sequence: number
  publishedAt: string
  artifacts: ManifestArtifact[]
}

/** No separator, no leading dot or dash: safe as a file name and as an argument everywhere. */
export const artifactNamePattern = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/
/** SemVer 2.0.0, the expression that semver.org suggests; at most 100 characters, since versions become folder names. */
export const versionPattern =
  /^(?=.{1,100}$)(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

const wordPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/
const timePattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/
const sha256Pattern = /^[0-9a-f]{64}$/
const maxArtifacts = 200
const maxArtifactBytes = 2 ** 40

/** Reads `value` as a manifest; the reason names the first field that is wrong. Fields that it does not know are left out. */
export function parseManifest(value: unknown): { ok: true; manifest: Manifest } | { ok: false; code: string; reason: string } {
  try {
    return { ok: true, manifest: readManifest(value) }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, code: error.code, reason: error.message }
    throw error
  }
}

class Unreadable extends Error {
  code: string
  constructor(message: string, code = 'manifest.payload_malformed') {
    super(message)
    this.code = code
  }
}

function readManifest(value: unknown): Manifest {
  // The format first: another format may have another shape, and the person should hear that and not a missing field.
  if (field(value, 'format') !== 1)
    throw new Unreadable('This manifest has a format that this program does not know.', 'manifest.format_unknown')
  return {
    format: 1,
    product: readText(value, 'product', wordPattern),
    version: readText(value, 'version', versionPattern),
    releaseId: readText(value, 'releaseId', idPattern),
    sequence: readInteger(value, 'sequence', { min: 1, max: Number.MAX_SAFE_INTEGER }),
    publishedAt: readText(value, 'publishedAt', timePattern),
    artifacts: readArtifacts(field(value, 'artifacts')),
  }
}

function readArtifacts(value: unknown): ManifestArtifact[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > maxArtifacts) {
    throw new Unreadable(`\`artifacts\` must be a list of 1 to ${maxArtifacts}.`)
  }
  const artifacts = value.map(readArtifact)
  const targets = new Set(artifacts.map(({ platform, arch }) => `${platform}/${arch}`))
  if (targets.size !== artifacts.length) throw new Unreadable('Two artifacts have the same platform and architecture.')
  return artifacts
}

function readArtifact(value: unknown): ManifestArtifact {
  return {
    platform: readText(value, 'platform', wordPattern),
    arch: readText(value, 'arch', wordPattern),
    name: readText(value, 'name', artifactNamePattern),
    kind: readKind(field(value, 'kind')),
    size: readInteger(value, 'size', { min: 1, max: maxArtifactBytes }),
    sha256: readText(value, 'sha256', sha256Pattern),
    sha512: readText(value, 'sha512', /^[0-9a-f]{128}$/),
    ...readPlain(field(value, 'plain')),
  }
}

function readPlain(value: unknown): { plain?: PlainContent } {
  if (value === undefined) return {}
  const sha256 = readText(value, 'sha256', sha256Pattern)
  return { plain: { sha256, size: readInteger(value, 'size', { min: 1, max: maxArtifactBytes }) } }
}

function readKind(value: unknown): ArtifactKind {
  if (value === 'tar.gz' || value === 'tar.zst' || value === 'zip' || value === 'opaque') return value
  throw new Unreadable('`kind` must be tar.gz, tar.zst, zip or opaque.')
}

function readText(value: unknown, name: string, pattern: RegExp): string {
  const text = field(value, name)
  if (typeof text !== 'string' || !pattern.test(text)) throw new Unreadable(`\`${name}\` is missing or malformed.`)
  return text
}

function readInteger(value: unknown, name: string, { min, max }: { min: number; max: number }): number {
  const number = field(value, name)
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < min || number > max) {
    throw new Unreadable(`\`${name}\` must be a whole number from ${min} to ${max}.`)
  }
  return number
}

// Own fields only: what a `__proto__` in the JSON would lend an object does not count.
function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('A JSON object was expected.')
  return Object.getOwnPropertyDescriptor(value, name)?.value
}
