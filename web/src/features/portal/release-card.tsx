// One release among the news: what is new in it, what it fixes, and where it runs.
import { Link } from 'react-router'
import { paths } from '#paths'
import { formatList, formatPercent, Markdown, StatusPill, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import type { Coming } from './coming.ts'
import { useProductName } from './next-sentence.tsx'
import { ReleaseFixes, Withdrawn } from './release-parts.tsx'
import { isRunning, type Release, useWhereabouts } from './whereabouts.ts'

export function ReleaseCard({ release }: { release: Release }) {
  const { t } = useTranslation()
  const { productId, version, notes, publishedAt, state } = release
  const product = useProductName(productId)
  return (
    <article className="card release" aria-label={t('portal.release', { product, version })}>
      <div className="what">
        <h2>
          <Link className="plain" to={paths.news(productId, version)}>
            {product} <span className="ver">{version}</span>
          </Link>
        </h2>
        <p className="t3 s13">
          {publishedAt !== null && <Trans i18nKey="portal.released" components={{ at: <Time at={publishedAt} /> }} />}
        </p>
        {state === 'withdrawn' && <StatusPill kind="release" value={state} />}
      </div>
      <div className="stack">
        <Withdrawn release={release} />
        {notes.trim() === '' ? <p className="t3">{t('portal.no_notes')}</p> : <Markdown>{notes}</Markdown>}
        <ReleaseFixes release={release} />
        <Where release={release} />
      </div>
    </article>
  )
}

/** In short: how many run it, and to which it is coming. */
function Where({ release }: { release: Release }) {
  const { t } = useTranslation()
  const { installations, coming } = useWhereabouts(release)
  const product = useProductName(release.productId)
  const count = installations.length
  const running = installations.filter((one) => isRunning(release, one)).length
  if (running === 0 && coming.length === 0) return null
  const words =
    running === count
      ? t('portal.runs_all', { product, count })
      : t('portal.runs_some', { product, count: running, total: count })
  return (
    <ul className="where t2 s13">
      {running > 0 && <li>{words}</li>}
      {coming.map((one) => (
        <li key={one.key}>
          <Comes coming={one} />
        </li>
      ))}
    </ul>
  )
}

const NAMED = 3

function Comes({ coming }: { coming: Coming }) {
  const { t } = useTranslation()
  const names = coming.installations.map(({ name }) => name)
  const named = names.slice(0, NAMED)
  const hidden = names.length - named.length
  const when = useComesWords(coming)
  return t('portal.comes_to', {
    names: formatList(hidden > 0 ? [...named, t('portal.and_more', { count: hidden })] : named),
    when,
  })
}

export function useComesWords({ when, percentHere, percentNow }: Pick<Coming, 'when' | 'percentHere' | 'percentNow'>) {
  const { t } = useTranslation()
  const isLast = when === 'step' && percentHere !== null && percentHere >= 100
  return t(`portal.comes_${isLast ? 'last' : when}`, {
    here: formatPercent(percentHere ?? 0),
    now: formatPercent(percentNow ?? 0),
  })
}
