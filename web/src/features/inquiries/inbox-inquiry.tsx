// One inquiry in the inbox: the conversation and the rail, the dialogs that belong to it, and its keys.
import { useLayoutEffect, useRef, useState } from 'react'
import { useMe } from '#api'
import { useKeys } from '#ui'
import { CloseInquiry } from './close-inquiry.tsx'
import { InboxConversation } from './inbox-conversation.tsx'
import { InboxHead } from './inbox-head.tsx'
import { InboxRail } from './inbox-rail.tsx'
import { useInquiryForStaff } from './inquiry-queries.ts'
import { LinkKnownError } from './link-known-error.tsx'
import { useAssign } from './use-assign.ts'
import { useComposer } from './use-composer.ts'

interface InboxInquiryProps {
  inquiryId: string
  /** It is what the address says, not only what happens to be first. */
  isPage: boolean
  back: string
}

export function InboxInquiry({ inquiryId, isPage, back }: InboxInquiryProps) {
  const inquiry = useInquiryForStaff(inquiryId)
  const mayHandle = useMe().permissions.includes('inquiries:handle')
  const [dialog, setDialog] = useState<'link' | 'close'>()
  const body = useRef<HTMLDivElement>(null)
  const composer = useComposer(inquiry, () => showEnd(body.current))
  const assign = useAssign(inquiry)
  const dialogs = { onLink: () => setDialog('link'), onClose: () => setDialog('close') }
  const leave = () => setDialog(undefined)
  // What was said last is what is answered.
  useLayoutEffect(() => showEnd(body.current), [])
  useKeys(
    mayHandle
      ? {
          r: () => composer.begin('answer'),
          n: () => composer.begin('note'),
          l: dialogs.onLink,
          a: assign.toMe,
          e: () => inquiry.closedAt === null && dialogs.onClose(),
        }
      : {},
  )
  return (
    <>
      <InboxConversation
        {...{ inquiry, mayHandle, composer, back, body }}
        head={<InboxHead {...{ inquiry, isPage, mayHandle, assign }} {...dialogs} />}
      />
      <InboxRail inquiry={inquiry} mayHandle={mayHandle} onLink={dialogs.onLink} />
      <LinkKnownError isOpen={dialog === 'link'} onClose={leave} inquiry={inquiry} />
      <CloseInquiry isOpen={dialog === 'close'} onClose={leave} inquiry={inquiry} />
    </>
  )
}

function showEnd(element: HTMLElement | null) {
  if (element) element.scrollTop = element.scrollHeight
}
