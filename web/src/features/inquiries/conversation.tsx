// The conversation as both sides read it; what Fairway noticed stands in between, one line each.
import { IconBug, IconCircleCheck, IconInfoCircle, IconLock, IconPackage, IconPaperclip, IconTag } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Avatar, formatBytes, Markdown, Time } from '#ui'
import { useTranslation } from '#words'
import type { Schemas } from '#api'
import type { Entry, Fact, Said } from './entries.ts'

interface ConversationProps {
  inquiryId: string
  entries: Entry[]
  /** The company that answers; staff read themselves by name alone. */
  vendor?: string
}

export function Conversation({ inquiryId, entries, vendor }: ConversationProps) {
  return entries.map((entry) => {
    if (entry.kind === 'said') return <Words key={entry.key} said={entry} {...{ inquiryId, vendor }} />
    if (entry.kind === 'note') return <Note key={entry.key} author={entry.author} at={entry.at} text={entry.text} />
    if (entry.kind === 'file') return <FileLine key={entry.key} inquiryId={inquiryId} file={entry} />
    return <FactLine key={entry.key} fact={entry.fact} at={entry.at} />
  })
}

function Words({ said, inquiryId, vendor }: { said: Said; inquiryId: string; vendor: string | undefined }) {
  const isStaff = said.from === 'staff'
  return (
    <article className="msg">
      <Avatar name={said.author} isLarge isSquare={isStaff} />
      <div className="who">
        <span className="bb">{said.author}</span>
        {isStaff && vendor !== undefined && <span className="t3 s13">{vendor}</span>}
        <Time at={said.at} />
      </div>
      <div className="tx">
        {/* Staff write Markdown; what customers paste (logs, commands) is shown as it is. */}
        {isStaff ? <Markdown>{withBreaks(said.text)}</Markdown> : <p className="pre">{said.text}</p>}
        {said.attachments.map((one) => (
          <p key={one.id} className="t3 s13 file">
            <FileLink inquiryId={inquiryId} attachment={one} />
          </p>
        ))}
      </div>
    </article>
  )
}

/** Who ends a line means it; Markdown alone would go on in the same one. */
function withBreaks(text: string) {
  return text.replaceAll('\n', '  \n')
}

function Note({ author, at, text }: { author: string; at: string; text: string }) {
  const { t } = useTranslation()
  return (
    <article className="note">
      <div className="row wrapf s13 head">
        <IconLock className="i s" aria-hidden />
        <span className="b">{t('inquiries.conversation.note')}</span>
        <span className="t2">
          {author} · <Time at={at} /> · {t('inquiries.conversation.never_shown')}
        </span>
      </div>
      <Markdown>{withBreaks(text)}</Markdown>
    </article>
  )
}

function FileLine({
  inquiryId,
  file: { author, at, attachment },
}: {
  inquiryId: string
  file: Extract<Entry, { kind: 'file' }>
}) {
  const { t } = useTranslation()
  return (
    <Line icon={<IconPaperclip className="i" aria-hidden />} at={at}>
      {t('inquiries.conversation.attached', { name: author })} <FileLink inquiryId={inquiryId} attachment={attachment} />
    </Line>
  )
}

function FileLink({ inquiryId, attachment }: { inquiryId: string; attachment: Schemas['Attachment'] }) {
  const { id, name, size } = attachment
  return (
    <>
      <IconPaperclip className="i s" aria-hidden />{' '}
      <a className="under" href={`/api/v1/inquiries/${inquiryId}/attachments/${id}`} download={name}>
        {name}
      </a>{' '}
      · {formatBytes(size)}
    </>
  )
}

function FactLine({ fact, at }: { fact: Fact; at: string }) {
  const { t } = useTranslation()
  switch (fact.name) {
    case 'system':
      return (
        <Line
          icon={fact.isClosing ? <IconCircleCheck className="i" aria-hidden /> : <IconInfoCircle className="i" aria-hidden />}
          at={at}
          isGood={fact.isClosing}
        >
          {fact.text}
        </Line>
      )
    case 'cause':
      return (
        <Line icon={<IconBug className="i" aria-hidden />} at={at}>
          {fact.knownErrorId && fact.title
            ? t('inquiries.conversation.cause_for', { id: fact.knownErrorId, title: fact.title })
            : t('inquiries.conversation.cause')}
        </Line>
      )
    case 'fix':
      return (
        <Line icon={<IconTag className="i" aria-hidden />} at={at}>
          {t('inquiries.conversation.fix', { version: fact.version })}
        </Line>
      )
    case 'installed':
      return (
        <Line icon={<IconPackage className="i" aria-hidden />} at={at} isGood>
          {t('inquiries.conversation.installed', { version: fact.version, name: fact.installation })}
        </Line>
      )
    case 'closed':
      return (
        <Line icon={<IconCircleCheck className="i" aria-hidden />} at={at}>
          {t('inquiries.conversation.closed')}
        </Line>
      )
  }
}

function Line({ icon, at, isGood = false, children }: { icon: ReactNode; at: string; isGood?: boolean; children: ReactNode }) {
  return (
    <p className={`sys${isGood ? ' ok' : ''}`}>
      {icon}
      <span>
        {isGood ? <b className="b">{children}</b> : children}{' '}
        <span className="t3 nw">
          <Time at={at} />
        </span>
      </span>
    </p>
  )
}
