// The conversation of an inquiry in the order in which it happened: words of people, notes, files, and what Fairway noticed.
import type { Schemas } from '#api'

type Attachment = Schemas['Attachment']
type Inquiry = Schemas['Inquiry'] | Schemas['InquiryForStaff']

export interface Said {
  kind: 'said'
  key: string
  at: string
  from: 'member' | 'staff'
  author: string
  text: string
  attachments: Attachment[]
}

export type Entry =
  | Said
  | { kind: 'note'; key: string; at: string; author: string; text: string }
  | { kind: 'file'; key: string; at: string; author: string; attachment: Attachment }
  | { kind: 'fact'; key: string; at: string; fact: Fact }

export type Fact =
  | { name: 'system'; text: string; isClosing: boolean }
  | { name: 'cause'; knownErrorId: string | undefined; title: string | undefined }
  | { name: 'fix'; version: string }
  | { name: 'installed'; version: string; installation: string }
  | { name: 'closed' }

export function entriesOf(inquiry: Inquiry): Entry[] {
  const question: Said = {
    kind: 'said',
    key: 'question',
    at: inquiry.createdAt,
    from: 'member',
    author: inquiry.openedBy.name,
    text: inquiry.text,
    attachments: [],
  }
  const notes = inquiry.view === 'staff' ? inquiry.notes : []
  const later: Entry[] = [
    ...inquiry.messages.map((message) => entryOf(message, inquiry)),
    ...notes.map(({ id, author, text, createdAt }) => ({
      kind: 'note' as const,
      key: id,
      at: createdAt,
      author: author.name,
      text,
    })),
    ...inquiry.stations.flatMap((station) => factOf(station, inquiry)),
    ...inquiry.attachments.map((one) => ({
      kind: 'file' as const,
      key: one.id,
      at: one.createdAt,
      author: one.addedBy.name,
      attachment: one,
    })),
  ]
  if (inquiry.status === 'closed' && inquiry.closedAt)
    later.push({ kind: 'fact', key: 'closed', at: inquiry.closedAt, fact: { name: 'closed' } })
  // Stable: what happened at the same moment keeps the order above. The question begins it, even where its fix was out before.
  return withFiles([question, ...later.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))])
}

function entryOf({ id, from, author, text, createdAt }: Schemas['Message'], { proof }: Inquiry): Entry {
  if (from === 'system')
    return { kind: 'fact', key: id, at: createdAt, fact: { name: 'system', text, isClosing: proof?.at === createdAt } }
  return { kind: 'said', key: id, at: createdAt, from, author: author?.name ?? '', text, attachments: [] }
}

function factOf({ station, state, at, version, detail }: Schemas['InquiryStation'], { knownError }: Inquiry): Entry[] {
  if (state !== 'done' || at === null) return []
  const fact = (one: Fact): Entry[] => [{ kind: 'fact', key: station, at, fact: one }]
  if (station === 'cause') return fact({ name: 'cause', knownErrorId: detail?.knownError, title: knownError?.title })
  if (station === 'fix' && version) return fact({ name: 'fix', version })
  if (station === 'installed' && version && detail?.installation)
    return fact({ name: 'installed', version, installation: detail.installation })
  return []
}

/** A file belongs to the words that its sender wrote just before. */
function withFiles(entries: Entry[]) {
  const result: Entry[] = []
  for (const entry of entries) {
    const before = result.at(-1)
    if (entry.kind === 'file' && before?.kind === 'said' && before.author === entry.author)
      before.attachments.push(entry.attachment)
    else result.push(entry)
  }
  return result
}
