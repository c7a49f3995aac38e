// The bridge from the key that an installation pinned at enrolment to the first root of TUF.
import { TOP_ROLES, type RootDocument, type TufEnvelope } from './documents.ts'
import { tufKeyOf } from './key.ts'
import { isSignedEnough } from './sign.ts'

/**
 * Whether this is version 1 of a root that the pinned key (base64url) is a root key of and signed, and that its own keys signed enough.
 * From there on roots follow one another as TUF says (spec §5.3), and no key is ever taken from the network by itself.
 */
export function isFirstRoot(value: unknown, pinnedKey: string): value is TufEnvelope<RootDocument> {
  if (!looksLikeRoot(value)) return false
  const { keyid, key } = tufKeyOf(pinnedKey)
  const { version, keys, roles } = value.signed
  const isSignedByPinned = isSignedEnough(value, { keyids: [keyid], threshold: 1 }, { [keyid]: key })
  return version === 1 && roles.root.keyids.includes(keyid) && isSignedByPinned && isSignedEnough(value, roles.root, keys)
}

function looksLikeRoot(value: unknown): value is TufEnvelope<RootDocument> {
  if (!isRecord(value) || !isRecord(value.signed) || !Array.isArray(value.signatures)) return false
  const { _type, keys, roles } = value.signed
  return (
    _type === 'root' &&
    isRecord(keys) &&
    isRecord(roles) &&
    TOP_ROLES.every((name) => isRecord(roles[name]) && Array.isArray(roles[name].keyids) && Number(roles[name].threshold) >= 1) &&
    value.signatures.every((one: unknown) => isRecord(one) && typeof one.keyid === 'string' && typeof one.sig === 'string')
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
