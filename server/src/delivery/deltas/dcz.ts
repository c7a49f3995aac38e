// Dictionary-Compressed Zstandard (RFC 9842 §4): the header of a patch, and the headers by which it is asked for; pure.

/** A skippable frame with the digest of the dictionary: plain zstd passes over it. */
const MAGIC = Buffer.from('5e2a4d1820000000', 'hex')

export function dczHeader(dictionarySha256: string) {
  return Buffer.concat([MAGIC, Buffer.from(dictionarySha256, 'hex')])
}

/** The digest (hex) that a client has at hand: one byte sequence of 32 bytes (RFC 9842 §2.2, RFC 8941 §3.3.5). */
export function readAvailableDictionary(header: string | string[] | undefined): string | undefined {
  const [, base64] = (typeof header === 'string' && /^\s*:([A-Za-z0-9+/]{43}=):\s*$/.exec(header)) || []
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex')
}

/** Whether `Accept-Encoding` names it; a star does not count, since a patch is no use without the dictionary. */
export function acceptsDcz(header: string | undefined) {
  return (header ?? '').split(',').some((one) => {
    const [coding = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase())
    return coding === 'dcz' && !parameters.some((parameter) => /^q\s*=\s*0(\.0*)?$/.test(parameter))
  })
}
