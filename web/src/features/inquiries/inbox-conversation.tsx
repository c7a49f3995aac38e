// The middle of the inbox: the head of an inquiry, what was said, and where it is answered.
import { IconArrowLeft } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { useTranslation } from '#words'
import { Composer } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { entriesOf } from './entries.ts'
import { Suggestions } from './suggestions.tsx'
import type { ComposerState } from './use-composer.ts'

interface ConversationProps {
  inquiry: Schemas['InquiryForStaff']
  mayHandle: boolean
  composer: ComposerState
  head: ReactNode
  /** Where the list is, for screens that show one of both. */
  back: string
  body: RefObject<HTMLDivElement | null>
}

export function InboxConversation({ inquiry, mayHandle, composer, head, back, body }: ConversationProps) {
  const { t } = useTranslation()
  return (
    <section className="cv" aria-label={inquiry.id}>
      <div className="cvh">
        <Link className="btn gho sm bk" to={back}>
          <IconArrowLeft className="i" aria-hidden />
          {t('inquiries.inbox.back')}
        </Link>
        {head}
      </div>
      {/* What scrolls must be within reach of who uses keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="cvb" ref={body} tabIndex={0} role="region" aria-label={t('inquiries.conversation.title')}>
        <Conversation inquiryId={inquiry.id} entries={entriesOf(inquiry)} />
        {mayHandle && inquiry.closedAt === null && <Suggestions inquiry={inquiry} onAnswer={composer.beginWith} />}
      </div>
      {mayHandle ? (
        <Composer inquiry={inquiry} composer={composer} />
      ) : (
        <p className="cvh t2">{t('inquiries.answer.read_only')}</p>
      )}
    </section>
  )
}
