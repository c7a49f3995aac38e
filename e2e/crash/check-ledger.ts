// Holds the ledger against the rows, the rows against the log, and the mails against what arrived.
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { type AServer, until } from './a-server.ts'
import type { Crowd } from './crowd.ts'
import type { Kind, Ledger } from './ledger.ts'
import type { Mailbox } from './mailbox.ts'
import { insist } from './persistent-client.ts'

/** Where each kind of thing lies, what names it, and which event announced it, by what. */
const THINGS = [
  {
    kind: 'product',
    rows: `select id, id as name from delivery.product`,
    event: 'delivery.product_created',
    about: `body->>'productId'`,
  },
  {
    kind: 'release',
    rows: `select id, version as name from delivery.release`,
    event: 'delivery.release_drafted',
    about: `body->>'releaseId'`,
  },
  {
    kind: 'artifact',
    rows: `select id, sha256 as name from delivery.artifact`,
    event: 'delivery.artifact_added',
    about: `body->>'artifactId'`,
  },
  {
    kind: 'publication',
    rows: `select id, version as name from delivery.release where state = 'published'`,
    event: 'delivery.release_published',
    about: `body->>'releaseId'`,
  },
  {
    kind: 'inquiry',
    rows: `select id, title as name from portal.inquiry`,
    event: 'portal.inquiry_opened',
    about: `body->>'inquiryId'`,
  },
  {
    kind: 'installation',
    rows: `select id, name from fleet.installation`,
    event: 'fleet.installation_enrolled',
    about: `body->>'installationId'`,
  },
  {
    kind: 'message',
    rows: `select inquiry_id as id, text as name from portal.message where author_kind <> 'system'`,
    event: 'portal.inquiry_answered',
    about: `body->>'inquiryId'`,
  },
  {
    kind: 'report',
    rows: `select report_id as id, reason as name from fleet.report`,
    event: 'fleet.outcome_changed',
    about: `body->>'reason'`,
  },
] as const satisfies { kind: Kind; rows: string; event: string; about: string }[]

/** Returns how many answers were repeated, and how many files are whole. */
export async function checkAll(server: AServer, { ledger, headers, memberHeaders }: Crowd) {
  await checkReactions(server)
  await checkLedger(server, ledger)
  const files = await checkReleases(server, headers)
  const repeated = await checkRepetitions(server, ledger, (kind) => (kind === 'inquiry' ? memberHeaders : headers))
  return `${ledger.summary()}; ${repeated} answers repeated, ${files} files whole`
}

async function checkLedger(server: AServer, ledger: Ledger) {
  for (const { kind, rows, event, about } of THINGS) {
    const found = await server.ask<{ id: string; name: string }>(rows)
    const names = found.map((row) => row.name)
    const told = await server.ask<{ about: string }>(`select ${about} as about from platform.event where name = $1`, [event])
    expect(duplicatesOf(names), `${kind}: nothing twice`).toEqual([])
    expect(
      missing(
        ledger.done(kind).map((entry) => entry.name),
        names,
      ),
      `${kind}: nothing lost`,
    ).toEqual([])
    // A message and a failure are told under the name of something else.
    const announced = found.map((row) => (kind === 'report' ? row.name : row.id))
    expect(told.map((row) => row.about).toSorted(), `${kind}: each told once by ${event}`).toEqual(announced.toSorted())
    const byName = new Map(found.map((row) => [row.name, row.id]))
    const wrong = ledger.done(kind).filter(({ id, name }) => kind !== 'publication' && byName.get(name) !== id)
    expect(wrong, `${kind}: what was acknowledged is what is there`).toEqual([])
  }
}

/** Releases are numbered without a gap, and every file is there to its last byte. */
async function checkReleases(server: AServer, headers: Record<string, string>) {
  const sequences = await server.ask<{ sequence: number }>(
    `select sequence from delivery.release where sequence is not null order by sequence`,
  )
  expect(sequences.map((row) => row.sequence)).toEqual(sequences.map((_row, index) => index + 1))
  const artifacts = await server.ask<{ id: string; sha256: string }>('select id, sha256 from delivery.artifact')
  for (const { id, sha256 } of artifacts) {
    const response = await fetch(`${server.url}/api/v1/artifacts/${id}/file`, { headers })
    const bytes = Buffer.from(await response.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  }
  return artifacts.length
}

/** The same key gives the same answer, however often the server died meanwhile; things with a secret are not among them. */
async function checkRepetitions(server: AServer, ledger: Ledger, headersOf: (kind: Kind) => Record<string, string>) {
  const repeated = ledger.entries.filter((entry) => entry.repeat !== undefined)
  for (const { kind, repeat } of repeated) {
    if (!repeat) continue
    const { path, key, body, answer } = repeat
    const again = await insist(server.url, { path, headers: { ...headersOf(kind), 'idempotency-key': key }, body })
    expect(again.body).toEqual(answer)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
  }
  return repeated.length
}

/** Each mail arrived; one that arrived more than once can be recognised by its Message-ID. Returns how many did. */
export async function checkMails(server: AServer, { received }: Mailbox, patienceMs: number) {
  const waiting = async () => (await server.ask(`select id from platform.mail where state <> 'sent'`)).length
  await until('every mail is sent', async () => (await waiting()) === 0, patienceMs)
  const mails = await server.ask<{ id: string; recipient: string }>('select id, recipient from platform.mail')
  const arrived = new Set(received.map(({ messageId }) => messageId))
  expect([...arrived].toSorted()).toEqual(mails.map(({ id }) => `<${id}@fairway>`).toSorted())
  return { mails: mails.length, repetitions: received.length - arrived.size }
}

/** Every reaction has read the whole log, and nothing waits or is parked. */
async function checkReactions(server: AServer) {
  const behind = () =>
    server.ask(`select r.name from platform.reaction r where exists (
      select from platform.event e where (e.epoch, e.tx, e.id) > (r.epoch, r.tx, r.id))`)
  await until('every reaction has read the whole log', async () => (await behind()).length === 0)
  expect(await server.ask('select reaction, event_id, last_error from platform.reaction_backlog')).toEqual([])
}

function duplicatesOf(names: string[]) {
  return names.filter((name, index) => names.indexOf(name) !== index)
}

function missing(wanted: string[], there: string[]) {
  const set = new Set(there)
  return wanted.filter((name) => !set.has(name))
}
