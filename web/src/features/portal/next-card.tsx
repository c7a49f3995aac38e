// What comes next to an installation, in a sentence; below it who has it, what concerns us, how far it is, or what is in the way.
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import { Link } from 'react-router'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { formatShare, formatTime, Progress } from '#ui'
import { Trans, useTranslation } from '#words'
import type { KnownError } from './fixes.ts'
import { NextSentence } from './next-sentence.tsx'
import { nextCaseOf, type Outlook } from './next-update.ts'
import { releasesOfQuery } from './portal-queries.ts'
import { UpdateSteps } from './update-steps.tsx'

type Details = Schemas['InstallationDetails']

interface NextCardProps {
  installation: Details
  outlook: Outlook | undefined
  /** Known errors that it has now and that the next version mends. */
  fixed: KnownError[]
}

export function NextCard({ installation, outlook, fixed }: NextCardProps) {
  const id = useId()
  const next = nextCaseOf(installation, outlook)
  const isGone = next === 'retired' || next === 'revoked'
  // What it would get is no news while nobody hears it.
  const isUnheard = next === 'silent' || next === 'never'
  return (
    <section className="card next stack" aria-labelledby={id}>
      <h2 id={id} aria-live="polite">
        <NextSentence installation={installation} outlook={outlook} isHeading />
      </h2>
      {(installation.condition === 'failing' || installation.condition === 'degraded') && (
        <WhatFailed installation={installation} />
      )}
      {installation.condition === 'updating' && <UpdateSteps installation={installation} />}
      {isUnheard && <SilentCauses />}
      {!isGone && !isUnheard && <Adoption outlook={outlook} />}
      {fixed.length > 0 && <Fixes fixed={fixed} />}
      {!isGone && !isUnheard && <NotesLink productId={installation.productId} outlook={outlook} />}
    </section>
  )
}

/** Of the release that comes, or runs while others do not have it yet: all have it is no news. */
function Adoption({ outlook }: { outlook: Outlook | undefined }) {
  const { t } = useTranslation()
  if (!outlook?.share || outlook.share.running === outlook.share.of) return null
  const { running, of } = outlook.share
  const words = t(running === 0 ? 'portal.share_none' : 'portal.share', { percent: formatShare(running, of) })
  return (
    <div className="adopt">
      <span>{words}</span>
      <span className="num">{t('portal.share_of', { running, of })}</span>
      <Progress done={running} of={of} label={words} />
    </div>
  )
}

function Fixes({ fixed }: { fixed: KnownError[] }) {
  const { t } = useTranslation()
  return (
    <div>
      <h3>{t('portal.fixes_here', { count: fixed.length })}</h3>
      <ul className="fixes">
        {fixed.map(({ id, title }) => (
          <li key={id}>
            <IconCheck className="i" aria-hidden />
            <span>
              {title}. <span className="t2">{t('portal.affects_now')}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function NotesLink({ productId, outlook }: { productId: string; outlook: Outlook | undefined }) {
  const { t } = useTranslation()
  const { items } = useSuspenseQuery(releasesOfQuery(productId)).data
  const release = items.find(({ id }) => id === outlook?.releaseId)
  if (!release) return null
  return (
    <Link className="s13 under notes" to={paths.news(productId, release.version)}>
      {t('portal.notes_of', { version: release.version })}
    </Link>
  )
}

/** Of what it tried last. */
function WhatFailed({ installation: { outcomes } }: { installation: Details }): ReactNode {
  const { t } = useTranslation()
  const [last] = outcomes.toSorted((a, b) => b.at.localeCompare(a.at))
  if (last?.kind !== 'failed' && last?.kind !== 'rolled_back') return null
  const time = formatTime(new Date(last.at))
  return (
    <p className="reason">
      {last.reason === null ? t('portal.failed_no_reason', { time }) : t('portal.failed_what', { time, reason: last.reason })}
    </p>
  )
}

function SilentCauses() {
  const { t } = useTranslation()
  const components = { c: <code className="mono" /> }
  return (
    <div>
      <h3>{t('portal.silent_causes')}</h3>
      <ol className="causes">
        <li>{t('portal.cause_off')}</li>
        <li>
          <Trans i18nKey="portal.cause_blocked" values={{ host: location.host }} components={components} />
        </li>
        <li>
          <Trans i18nKey="portal.cause_stopped" components={components} />
        </li>
      </ol>
    </div>
  )
}
