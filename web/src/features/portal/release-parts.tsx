// Parts of a release as customers see it: why it was withdrawn, what it fixes.
import { IconBan, IconCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Banner, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { forCustomers, knownErrorsQuery } from './portal-queries.ts'
import type { Release } from './whereabouts.ts'

export function Withdrawn({ release: { state, withdrawnAt, withdrawnReason } }: { release: Release }) {
  const { t } = useTranslation()
  if (state !== 'withdrawn' || withdrawnAt === null) return null
  return (
    <Banner
      tone="bad"
      icon={<IconBan className="i l" aria-hidden />}
      title={<Trans i18nKey="portal.withdrawn_at" components={{ at: <Time at={withdrawnAt} /> }} />}
    >
      <p>{withdrawnReason}</p>
      <p>{t('portal.withdrawn_goes_on')}</p>
    </Banner>
  )
}

/** By title; of those that we may not see, by number. */
export function ReleaseFixes({ release: { fixes } }: { release: Release }) {
  const { t } = useTranslation()
  const known = forCustomers(useSuspenseQuery(knownErrorsQuery).data.items)
  if (fixes.length === 0) return null
  return (
    <div>
      <h3>{t('portal.fixed')}</h3>
      <ul className="fixes">
        {fixes.map((id) => {
          const error = known.find((one) => one.id === id)
          return (
            <li key={id}>
              <IconCheck className="i" aria-hidden />
              <span>
                {error?.title ?? id}
                {error && error.affects.length > 0 && <span className="t2">. {t('portal.affects_now')}</span>}
              </span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
