// The lists of the day: rollouts, inquiries, installations, drafts, and the machinery of this Fairway itself.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { waitingRollouts } from '#api'
import { paths } from '#paths'
import { formatNumber, Status, Time } from '#ui'
import { useTranslation } from '#words'
import { InstallationLinks } from './installation-links.tsx'
import { NeedList } from './need-list.tsx'
import {
  ailing,
  countAiling,
  installationCountsQuery,
  inquiryCountsQuery,
  mailsQuery,
  needyInstallationsQuery,
  parkedQuery,
  releasesQuery,
  rolloutsQuery,
  SHOWN,
  waitingInquiriesQuery,
} from './today-queries.ts'
import { Waits } from './waits.tsx'
import { useWhatIsWrong } from './what-is-wrong.ts'

export function RolloutNeeds() {
  const { t } = useTranslation()
  const waiting = waitingRollouts(useSuspenseQuery(rolloutsQuery).data.items)
  return (
    <NeedList
      title={t('today.rollouts')}
      count={waiting.length}
      needs={waiting.slice(0, SHOWN).map(({ id, state, product, version, channel, because, endedAt, startedAt }) => ({
        key: id,
        status: <Status kind="rollout" value={state} />,
        to: paths.rollout(id),
        name: t('today.rollout_name', { product: product.name, version, channel }),
        detail: because,
        when: <Time at={endedAt ?? startedAt} />,
      }))}
    />
  )
}

export function InquiryNeeds() {
  const { t } = useTranslation()
  const counts = useSuspenseQuery(inquiryCountsQuery).data
  const { items } = useSuspenseQuery(waitingInquiriesQuery).data
  const waiting = items.flatMap((one) =>
    one.view === 'staff' && one.waitsSince !== null ? [{ ...one, waitsSince: one.waitsSince }] : [],
  )
  const all = (
    <Link className="s13" to={paths.inbox()}>
      {t('today.inquiries_all')}
    </Link>
  )
  return (
    <NeedList
      title={t('today.inquiries')}
      count={counts.view === 'staff' ? formatNumber(counts.new + counts.withUs) : undefined}
      more={all}
      needs={waiting.map(({ id, title, status, organisation, assignee, waitsSince }) => ({
        key: id,
        status: <Status kind="inquiry" value={status} />,
        to: paths.inbox('open', id),
        name: `${id} ${title}`,
        detail: [organisation.name, assignee?.name].filter(Boolean).join(' · '),
        when: <Waits since={waitsSince} />,
      }))}
    />
  )
}

export function InstallationNeeds() {
  const { t } = useTranslation()
  const counts = useSuspenseQuery(installationCountsQuery).data
  const needy = ailing(useSuspenseQuery(needyInstallationsQuery).data.items)
  const wrong = useWhatIsWrong(needy.filter(({ condition }) => condition !== 'silent').map(({ id }) => id))
  const rest = countAiling(counts) - needy.length
  return (
    <NeedList
      title={t('today.installations')}
      count={formatNumber(countAiling(counts))}
      more={rest > 0 && <InstallationLinks counts={counts} />}
      needs={needy.map(({ id, name, condition, organisation, version, lastSeenAt }) => {
        const report = wrong.get(id)
        const complaint = report?.reason ?? (condition === 'failing' && wrong.has(id) ? t('today.unhealthy') : '')
        // When it called last says something of a silent one only.
        const since = condition === 'silent' ? lastSeenAt : report?.receivedAt
        return {
          key: id,
          status: <Status kind="condition" value={condition ?? 'unknown'} />,
          to: paths.fleet({ open: id }),
          name,
          detail: [organisation.name, version, complaint].filter(Boolean).join(' · '),
          when: since && <Time at={since} as="ago" />,
        }
      })}
    />
  )
}

export function DraftNeeds() {
  const { t } = useTranslation()
  const drafts = useSuspenseQuery(releasesQuery).data.items.filter(({ state }) => state === 'draft')
  return (
    <NeedList
      title={t('today.drafts')}
      count={drafts.length}
      needs={drafts.slice(0, SHOWN).map(({ id, product, productId, version, artifacts, createdAt }) => ({
        key: id,
        status: <Status kind="release" value="draft" />,
        to: paths.release(productId, version),
        name: `${product.name} ${version}`,
        detail: artifacts.length === 0 ? t('today.draft_empty') : t('today.draft_files', { count: artifacts.length }),
        when: <Time at={createdAt} />,
      }))}
    />
  )
}

export function MachineryNeeds() {
  const { t } = useTranslation()
  const parked = useQuery(parkedQuery).data?.items.filter(({ state }) => state === 'parked') ?? []
  const failed = useQuery(mailsQuery).data?.items.filter(({ state }) => state === 'failed') ?? []
  const [reaction, mail] = [parked[0], failed[0]]
  const stuck = reaction && {
    key: 'parked',
    status: <Status kind="report" value="failed" />,
    to: paths.settings('events'),
    name: t('today.parked', { count: parked.length }),
    detail: t('today.parked_detail', { reaction: reaction.reaction, subject: reaction.subject, error: reaction.lastError ?? '' }),
  }
  const unsent = mail && {
    key: 'mails',
    status: <Status kind="report" value="failed" />,
    to: paths.settings('mail'),
    name: t('today.mails_failed', { count: failed.length }),
    detail: t('today.mail_detail', { subject: mail.subject, to: mail.to, error: mail.lastError ?? '' }),
    when: <Time at={mail.createdAt} />,
  }
  return <NeedList title={t('today.machinery')} needs={[stuck, unsent].filter((one) => one !== undefined)} />
}
