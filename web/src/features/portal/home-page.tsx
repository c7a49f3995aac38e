// Home: is all well, and what is coming?
import { IconMessageCircle } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { ensure, queryClient, usePages, useVendor } from '#api'
import { paths } from '#paths'
import { ButtonLink, Empty, PortalPage } from '#ui'
import { useTranslation } from '#words'
import { AffectsYou } from './affects-you.tsx'
import { ComingCard } from './coming-card.tsx'
import { HomeLead, useHomeSentence } from './home-sentence.tsx'
import { MyInstallations } from './my-installations.tsx'
import { outlooksOfHeard } from './next-update.ts'
import {
  affectingQuery,
  countsQuery,
  forCustomers,
  inquiryCountsQuery,
  installationsQuery,
  openInquiriesQuery,
  outlookQueries,
  productsQuery,
  solvedInquiriesQuery,
  useOutlooks,
} from './portal-queries.ts'
import { RecentInquiries } from './recent-inquiries.tsx'
import './portal.css'

export async function loader() {
  const [{ pages }] = await Promise.all([
    queryClient.ensureInfiniteQueryData(installationsQuery.options),
    ensure(countsQuery, productsQuery, affectingQuery, inquiryCountsQuery, openInquiriesQuery, solvedInquiriesQuery),
  ])
  return ensure(...outlookQueries(pages.flatMap(({ items }) => items.map(({ id }) => id))))
}

export function Component() {
  const { t } = useTranslation()
  const { items: installations, more, isMoreComing } = usePages(installationsQuery)
  const outlooks = useOutlooks(installations.map(({ id }) => id))
  const heard = outlooksOfHeard(installations, outlooks)
  const counts = useSuspenseQuery(countsQuery).data
  const affecting = forCustomers(useSuspenseQuery(affectingQuery).data.items)

  return (
    <PortalPage
      title={t('portal.home')}
      heading={useHomeSentence(counts)}
      lead={counts.total > 0 && <HomeLead counts={counts} installations={installations} isWhole={!more} />}
      actions={
        <ButtonLink look="primary" to={paths.newInquiry()} icon={<IconMessageCircle className="i" aria-hidden />}>
          {t('portal.ask')}
        </ButtonLink>
      }
    >
      <div className="home">
        <AffectsYou errors={affecting} outlooks={heard} />
        {counts.total === 0 ? <NoInstallations /> : <MyInstallations {...{ installations, outlooks, more, isMoreComing }} />}
        <div className="p2col">
          <ComingCard {...{ installations, affecting }} outlooks={heard} />
          <RecentInquiries />
        </div>
      </div>
    </PortalPage>
  )
}

function NoInstallations() {
  const { t } = useTranslation()
  const { name } = useVendor()
  return (
    <section className="card">
      <Empty>{t('portal.empty_how', { vendor: name })}</Empty>
    </section>
  )
}
