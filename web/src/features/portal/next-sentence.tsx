// The sentence that says what comes next to an installation, when, and why not sooner.
import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatPercent, formatTarget, formatTime } from '#ui'
import { Trans, useTranslation } from '#words'
import { type Installation, nextCaseOf, type Outlook } from './next-update.ts'
import { productsQuery } from './portal-queries.ts'

interface NextSentenceProps {
  installation: Installation
  outlook: Outlook | undefined
  /** In lists the version stands out; in a heading everything does. */
  isHeading?: boolean
}

export function NextSentence({ installation, outlook, isHeading = false }: NextSentenceProps) {
  const next = nextCaseOf(installation, outlook)
  const values = useValues(installation, outlook)
  const isSince = next === 'newest' && installation.condition === 'healthy' && installation.healthySince !== null
  return (
    <>
      <Trouble installation={installation} next={next} />
      <Trans
        i18nKey={`portal.next.${isSince ? 'newest_since' : next}`}
        values={values}
        components={{ v: <span className={isHeading ? 'ver' : 'ver b strong'} /> }}
      />
    </>
  )
}

function useValues(installation: Installation, outlook: Outlook | undefined) {
  const { t } = useTranslation()
  const { channel, platform, arch, condition } = installation
  const rollout = outlook?.rollout
  const at = condition === 'silent' ? installation.lastSeenAt : installation.healthySince
  return {
    version: outlook?.version ?? installation.version ?? t('portal.a_version'),
    running: installation.version ?? t('portal.a_version'),
    channel,
    target: formatTarget({ platform, arch }),
    product: useProductName(installation.productId),
    here: formatPercent(rollout?.percentHere ?? 0),
    now: formatPercent(rollout?.percentNow ?? 0),
    time: at === null ? t('common.never') : formatTime(new Date(at)),
  }
}

/** What is wrong stands first, unless the sentence says it already. */
function Trouble({ installation: { condition }, next }: { installation: Installation; next: string }): ReactNode {
  const { t } = useTranslation()
  const isTold = next === 'refused_here' || next === 'refused_first'
  if (isTold || (condition !== 'failing' && condition !== 'degraded')) return null
  return `${t(`portal.next.${condition}`)} `
}

export function useProductName(productId: string) {
  const { items } = useSuspenseQuery(productsQuery).data
  return items.find(({ id }) => id === productId)?.name ?? productId
}

/** Product and version; with its channel where the customer has several of that product. */
export function WhatRuns({ installation: { productId, version, channel } }: { installation: Installation }) {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(productsQuery).data
  const found = items.find(({ id }) => id === productId)
  const product = found?.name ?? productId
  if (version === null) return t('portal.runs_nothing', { product })
  return (
    <Trans
      i18nKey={(found?.channels.length ?? 0) > 1 ? 'portal.runs_on_channel' : 'portal.runs_what'}
      values={{ product, version, channel }}
      components={{ v: <span className="ver" /> }}
    />
  )
}
