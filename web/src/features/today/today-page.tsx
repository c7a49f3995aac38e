// The day: what needs you, by role, longest and worst first; then in one line what went well.
import { useSuspenseQuery } from '@tanstack/react-query'
import { ensure, meQuery, queryClient, useMe } from '#api'
import { ConsolePage } from '#ui'
import { useTranslation } from '#words'
import { DraftNeeds, InquiryNeeds, InstallationNeeds, MachineryNeeds, RolloutNeeds } from './needs.tsx'
import { NewFairway } from './new-fairway.tsx'
import {
  concernsOf,
  installationCountsQuery,
  inquiryCountsQuery,
  mailsQuery,
  needyInstallationsQuery,
  parkedQuery,
  productsQuery,
  releasesQuery,
  rolloutsQuery,
  waitingInquiriesQuery,
} from './today-queries.ts'
import { useNeedCount } from './use-need-count.ts'
import { WentWell } from './went-well.tsx'
import './today.css'

const FOR_ALL = [
  rolloutsQuery,
  inquiryCountsQuery,
  waitingInquiriesQuery,
  installationCountsQuery,
  needyInstallationsQuery,
  releasesQuery,
  productsQuery,
]

export async function loader() {
  const { machinery } = concernsOf((await queryClient.ensureQueryData(meQuery)).permissions)
  return ensure(...FOR_ALL, ...(machinery ? [parkedQuery, mailsQuery] : []))
}

export function Component() {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const { data: products } = useSuspenseQuery(productsQuery)
  const concerns = concernsOf(permissions)
  const count = useNeedCount(concerns)
  const isNew = products.items.length === 0
  const sentence = concerns.looksOn ? t('today.needs_somebody', { count }) : t('today.needs_you', { count })
  const allGood = isNew ? t('today.new_title') : t('today.nothing')
  const lead = count === 0 ? t('today.lead_nothing') : t('today.lead')
  return (
    <ConsolePage
      title={t('today.title')}
      crumbs={[{ words: t('today.title') }]}
      heading={count === 0 ? allGood : sentence}
      lead={isNew ? undefined : lead}
    >
      <div className="today">
        <NewFairway isNew={isNew} />
        {concerns.rollouts && <RolloutNeeds />}
        {concerns.inquiries && <InquiryNeeds />}
        {concerns.installations && <InstallationNeeds />}
        {concerns.drafts && <DraftNeeds />}
        {concerns.machinery && <MachineryNeeds />}
        <WentWell />
      </div>
    </ConsolePage>
  )
}
