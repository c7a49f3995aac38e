// The head of an inquiry in the inbox: what it is, how long it waits, who has it, and the rest of the actions.
import { IconClock, IconUser } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { ActionMenu, Button, Failure, formatDuration, type MenuItem, Status, useNow } from '#ui'
import { useTranslation } from '#words'
import type { Assign } from './use-assign.ts'

interface HeadProps {
  inquiry: Schemas['InquiryForStaff']
  isPage: boolean
  mayHandle: boolean
  assign: Assign
  onClose: () => void
  onLink: () => void
}

export function InboxHead({ inquiry, isPage, mayHandle, assign, onClose, onLink }: HeadProps) {
  const { t } = useTranslation()
  // On small screens the list is the page as long as no inquiry was opened; then this is not its heading.
  const Title = isPage ? 'h1' : 'h2'
  const { id, title, status, solvedIn, organisation, waitsSince } = inquiry
  return (
    <>
      <div className="hd">
        <div className="sp stack" style={{ '--gap': '4px' }}>
          <Title className="title">{title}</Title>
          <div className="row wrapf s13 facts">
            <Status kind="inquiry" value={status} values={{ version: solvedIn ?? '' }} />
            <span className="t3">{id}</span>
            <span className="t2">{organisation.name}</span>
            {waitsSince && <Waits since={waitsSince} />}
          </div>
        </div>
        {mayHandle && (
          <div className="row">
            <Assignee assign={assign} />
            <More inquiry={inquiry} onClose={onClose} onLink={onLink} />
          </div>
        )}
      </div>
      {assign.undo && (
        <p className="row s13 undo" role="status">
          {assign.assignee
            ? t('inquiries.inbox.assigned_now', { name: assign.assignee.name })
            : t('inquiries.inbox.unassigned_now')}
          <Button size="small" onClick={assign.undo}>
            {t('common.undo')}
          </Button>
        </p>
      )}
      <Failure error={assign.error} />
    </>
  )
}

function Waits({ since }: { since: string }) {
  const { t } = useTranslation()
  const waitedMs = useNow(60_000) - Date.parse(since)
  const minutes = Math.max(1, Math.floor(waitedMs / 60_000))
  return (
    <span className="t2 row waits">
      <IconClock className="i s" aria-hidden />
      {t('inquiries.inbox.waits', { duration: formatDuration(minutes * 60_000) })}
    </span>
  )
}

function Assignee({ assign }: { assign: Assign }) {
  const { t } = useTranslation()
  const { data } = useQuery(api.queryOptions('get', '/api/v1/staff', undefined, { staleTime: 60_000 }))
  const { assignee, isMine } = assign
  const words = isMine
    ? t('inquiries.inbox.assigned_you')
    : assignee
      ? t('inquiries.inbox.assigned_to', assignee)
      : t('inquiries.inbox.assign')
  const items: MenuItem[] = [
    { words: t('inquiries.inbox.assign_me'), onClick: assign.toMe, isChosen: isMine },
    // Who only reads cannot answer.
    ...(data?.items ?? [])
      .filter(({ roles }) => roles.some((role) => role !== 'viewer'))
      .map((person) => ({
        words: person.name,
        onClick: () => assign.to(person),
        isChosen: person.id === assignee?.id,
      })),
    { words: t('inquiries.inbox.assign_nobody'), onClick: () => assign.to(null), isChosen: assignee === null },
  ]
  return (
    <ActionMenu
      items={items}
      trigger={
        <button type="button" className="btn sm who">
          <IconUser className="i" aria-hidden />
          <span className="cut">{words}</span>
        </button>
      }
    />
  )
}

function More({ inquiry: { id, status, closedAt }, onClose, onLink }: Pick<HeadProps, 'inquiry' | 'onClose' | 'onLink'>) {
  const { t } = useTranslation()
  const change = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  const reopen = api.useMutation('post', '/api/v1/inquiries/{inquiryId}/reopen')
  const params = { path: { inquiryId: id } }
  const open: MenuItem[] = [
    ...(status === 'with_us'
      ? []
      : [{ words: t('inquiries.inbox.set_with_us'), onClick: () => change.mutate({ params, body: { status: 'with_us' } }) }]),
    ...(status === 'waits_for_customer'
      ? []
      : [
          {
            words: t('inquiries.inbox.set_waits'),
            onClick: () => change.mutate({ params, body: { status: 'waits_for_customer' } }),
          },
        ]),
    { words: t('inquiries.side.choose'), onClick: onLink },
    { words: t('inquiries.inbox.close'), onClick: onClose },
  ]
  const items: MenuItem[] = [
    ...(closedAt === null ? open : [{ words: t('inquiries.inbox.reopen'), onClick: () => reopen.mutate({ params, body: {} }) }]),
    {
      words: t('inquiries.inbox.copy_link'),
      onClick: () => void navigator.clipboard.writeText(location.origin + paths.inbox('open', id)),
    },
  ]
  return (
    <>
      <ActionMenu items={items} />
      <Failure error={change.error ?? reopen.error} />
    </>
  )
}
