// Known errors that own installations have: until when, and what to do meanwhile.
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link, useSearchParams } from 'react-router'
import { paths } from '#paths'
import { Banner, formatList, formatPercent, Markdown } from '#ui'
import { Trans, useTranslation } from '#words'
import { type FixWay, type KnownError, wayOfFix } from './fixes.ts'
import type { Outlook } from './next-update.ts'

/** More would hide how the installations are. */
const SHOWN = 2

export function AffectsYou({ errors, outlooks }: { errors: KnownError[]; outlooks: Map<string, Outlook> }) {
  const { t } = useTranslation()
  const [parameters] = useSearchParams()
  const isAll = parameters.get('faults') === 'all'
  const hidden = isAll ? 0 : Math.max(0, errors.length - SHOWN)
  return (
    <>
      {errors.slice(0, errors.length - hidden).map((error) => (
        <Affecting key={error.id} error={error} way={wayOfFix(error, outlooks)} />
      ))}
      {hidden > 0 && (
        <p className="row wrapf t2 s13">
          {t('portal.more_faults', { count: hidden })}
          <Link className="under" to={`?${new URLSearchParams([...parameters, ['faults', 'all']])}`} preventScrollReset>
            {t('portal.show')}
          </Link>
        </p>
      )}
    </>
  )
}

function Affecting({ error, way }: { error: KnownError; way: FixWay }) {
  const { t } = useTranslation()
  return (
    <Banner
      tone="warn"
      icon={<IconAlertTriangle className="i l" aria-hidden />}
      title={t('portal.affects_title', { title: error.title })}
    >
      <p>
        <Whom affects={error.affects} /> <Way way={way} isNamed={error.affects.length === 1} />
      </p>
      <Workaround error={error} />
    </Banner>
  )
}

/** Names are long; more of them would be no sentence. */
const NAMED = 2

function Whom({ affects }: Pick<KnownError, 'affects'>) {
  const { t } = useTranslation()
  if (affects.length > NAMED) return t('portal.affects_many', { count: affects.length })
  return (
    <Trans
      i18nKey="portal.affects"
      count={affects.length}
      values={{ names: formatList(affects.map(({ name }) => name)), version: affects[0]?.version ?? '' }}
      components={{ b: <b className="b strong" />, v: <span className="ver" /> }}
    />
  )
}

/** @param isNamed the sentence before says which installation it is. */
function Way({ way, isNamed }: { way: FixWay; isNamed: boolean }) {
  const { t } = useTranslation()
  const components = { v: <span className="ver" /> }
  if (way.kind === 'none') return t('portal.fix_none')
  if (way.kind === 'released')
    return <Trans i18nKey="portal.fix_released" values={{ version: way.version }} components={components} />
  if (way.kind === 'refused') {
    const { version, name } = way
    return (
      <Trans
        i18nKey={isNamed ? 'portal.fix_refused_there' : 'portal.fix_refused'}
        values={{ version, name }}
        components={components}
      />
    )
  }
  const { kind, version, name, percentHere, percentNow, isFirst } = way
  const values = { version, name, here: formatPercent(percentHere ?? 0), now: formatPercent(percentNow ?? 0) }
  const when = kind === 'step' && percentHere !== null && percentHere >= 100 ? 'last' : kind
  const key = isNamed && when !== 'paused' ? (`portal.fix_${when}_there` as const) : (`portal.fix_${when}` as const)
  return (
    <>
      <Trans i18nKey={key} values={values} components={components} />
      {isFirst && (kind === 'now' || kind === 'step') && ` ${t('portal.fix_first')}`}
    </>
  )
}

/** Longer ones open on demand: the banner says what is wrong, not how to repair a printer. */
const SHORT = 240

function Workaround({ error: { workaround, title, affects } }: { error: KnownError }) {
  const { t } = useTranslation()
  if (workaround.trim() === '')
    return (
      <p>
        {t('portal.no_workaround')}{' '}
        <Link to={paths.newInquiry({ q: title, ...(affects[0] && { installation: affects[0].installationId }) })}>
          {t('portal.ask_about')}
        </Link>
      </p>
    )
  if (workaround.length > SHORT)
    return (
      <details>
        <summary>{t('portal.what_to_do')}</summary>
        <Markdown>{workaround}</Markdown>
      </details>
    )
  return (
    <div className="until">
      {t('portal.until_then')} <Markdown>{workaround}</Markdown>
    </div>
  )
}
