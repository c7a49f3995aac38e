// fairway keys sign: fetches what waits for a key, shows what it would change, signs it here, and sends the signatures.
import type { Client, Schemas } from '@fairway/client'
import type { TufDocument } from '@fairway/trust'
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { agree } from '../../signing/agree.ts'
import { openKeyFile } from '../../signing/key-file.ts'
import { readPassphrase } from '../../signing/passphrase.ts'
import { checkUnsigned, type UnsignedDocument } from '../../signing/unsigned-document.ts'
import { whatWaits } from './what-waits.ts'

interface Options {
  key: string
  yes?: boolean
}

export function addSignWaiting(parent: Command) {
  parent
    .command('sign')
    .argument('<product>')
    .argument('[role]', 'only what waits of this role')
    .requiredOption('--key <file>', 'the key, as “keys create” wrote it')
    .option('--yes', 'do not ask: sign whatever waits for this key')
    .description('sign what waits for a key; the key stays here')
    .action(
      run<[string, string?], Options>(async ({ client, voice }, { args: [productId, role], options }) => {
        const key = await openKeyFile(options.key, () => readPassphrase(options.key), voice.note)
        const signed: { role: string; version: number }[] = []
        let keys: Schemas['ProductKeys'] | undefined
        // Fetched anew each time: what was signed may change what waits.
        for (let unsigned; (unsigned = await findOpen(client, { productId, role, keyid: key.keyid, signed }));) {
          checkUnsigned(unsigned)
          await agree(unsigned, options, voice.note)
          keys = await bringSignature(client, unsigned, { keyid: key.keyid, sig: key.sign(unsigned.document) })
          signed.push({ role: unsigned.role, version: unsigned.version })
        }
        if (!keys) return { value: { keyid: key.keyid, signed }, text: `Nothing waits for the key ${key.keyid}.` }
        const names = signed.map((one) => `${one.role} ${one.version}`).join(', ')
        return { value: { keyid: key.keyid, signed, roles: keys.roles }, text: `Signed: ${names}.\n${whatWaits(keys)}` }
      }),
    )
}

interface Wish {
  productId: string
  role: string | undefined
  keyid: string
  signed: { role: string; version: number }[]
}

/** No server makes anybody sign without end. */
const MOST = 20

async function findOpen(client: Client, { productId, role, keyid, signed }: Wish) {
  if (signed.length === MOST) return undefined
  const isDone = (one: UnsignedDocument) => signed.some(({ role: name, version }) => name === one.role && version === one.version)
  const open = await listUnsigned(client, productId)
  return open.find((one) => one.needed.includes(keyid) && (role === undefined || one.role === role) && !isDone(one))
}

export async function listUnsigned(client: Client, productId: string): Promise<(UnsignedDocument & { needed: string[] })[]> {
  const { items } = await ask(client.GET('/api/v1/products/{productId}/unsigned', { params: { path: { productId } } }))
  // What they are is checked before anything is signed.
  return items.map((one) => ({
    ...one,
    product: productId,
    document: one.document as unknown as TufDocument,
    before: one.before as unknown as TufDocument | null,
  }))
}

export async function bringSignature(
  client: Client,
  { product, role, version }: Pick<UnsignedDocument, 'product' | 'role' | 'version'>,
  { keyid, sig }: { keyid: string; sig: string },
) {
  const params = { path: { productId: product, role } }
  const body = { version, keyid, sig }
  return ask(client.POST('/api/v1/products/{productId}/unsigned/{role}/signatures', { params, body }))
}
