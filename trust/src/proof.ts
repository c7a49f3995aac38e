// The proof that an installation gives for a token: a signature over a nonce of the server (docs/agent-protocol.md, "Who is asking").
import { decodeBase64, isSignedBy, signBytes } from './signing-key.ts'

/** `origin` is scheme, host and port as `new URL(…).origin` gives them: a proof for one server is worthless at another. */
export interface Proof {
  origin: string
  installationId: string
  instance: string
  nonce: string
}

/** The five lines that are signed. Throws a TypeError for a part that is empty, over-long or holds a control character or space. */
export function proofText({ origin, installationId, instance, nonce }: Proof): string {
  const parts = [origin, installationId, instance, nonce]
  // A part with a line break could be read as two parts: then one signature would prove two things.
  if (!parts.every((part) => /^[\x21-\x7e]{1,300}$/.test(part))) throw new TypeError('A part of the proof is empty or malformed.')
  return ['fairway-agent-token-v1', ...parts].join('\n')
}

/** base64url of the Ed25519 signature (RFC 8032) over the UTF-8 of `proofText`. */
export function signProof(proof: Proof, privateKey: string): string {
  return signBytes(Buffer.from(proofText(proof)), { privateKey }).toString('base64url')
}

/** False, never an exception, for anything that is not this key's signature over this proof. */
export function verifyProof(proof: Proof, signature: string, publicKey: string): boolean {
  const bytes = decodeBase64(signature, 'base64url')
  const text = textOrNothing(proof)
  return bytes !== undefined && text !== undefined && isSignedBy(publicKey, Buffer.from(text), bytes)
}

function textOrNothing(proof: Proof): string | undefined {
  try {
    return proofText(proof)
  } catch {
    return undefined
  }
}
