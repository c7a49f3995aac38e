// Which installations a rollout did not do good to: by what they said, newest first.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Button, Card, formatNumber, Time } from '#ui'
import { Trans, useTranslation } from '#words'
import { failuresQuery, type RolloutDetails } from './queries.ts'

type Failed = Schemas['RolloutFailure']
const SHOWN = 4

export function RolloutFailures({ rollout }: { rollout: RolloutDetails }) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(failuresQuery(rollout.id))
  const groups = [...Map.groupBy(data.items, ({ kind, reason }) => reason || kind)]
  return (
    <Card title={t('rollouts.failures')} count={data.items.length > 0 && formatNumber(data.items.length)} isFlush className="o4">
      {groups.length === 0 ? (
        <p className="bd t2 s13">{t('rollouts.failures_none')}</p>
      ) : (
        <ul className="failures">
          {groups.map(([cause, failures]) => (
            <li key={cause}>
              {failures.length > 1 ? (
                <Same failures={failures} />
              ) : (
                failures.map((one) => <Single key={one.installation.id} failure={one} />)
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Single({ failure }: { failure: Failed }) {
  const { t } = useTranslation()
  const { reason, kind, runsNow } = failure
  return (
    <>
      <Name failure={failure} />
      <span className="s13 t2">
        {asSentence(reason || t(`rollouts.kind_${kind}`))} {runsNow && t('rollouts.runs_now', { version: runsNow })}
      </span>
      <Place failure={failure} />
    </>
  )
}

/** Programs end their words as they like. */
function asSentence(text: string) {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

/** Many that failed for the same reason are one story. */
function Same({ failures }: { failures: Failed[] }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const isAll = search.get('failures') === 'all'
  const [first] = failures
  if (!first) return null
  const shown = isAll ? failures : failures.slice(0, SHOWN)
  const toggle = () =>
    setSearch(
      (before) => {
        if (isAll) before.delete('failures')
        else before.set('failures', 'all')
        return before
      },
      { preventScrollReset: true },
    )
  return (
    <>
      <span className="b">{first.reason || t(`rollouts.kind_${first.kind}`)}</span>
      <span className="s13 t2">
        {t('rollouts.failures_same', { count: failures.length })}
        {first.reason && ` · ${t(`rollouts.kind_${first.kind}`)}`}
      </span>
      <ul className="more-of">
        {shown.map((one) => (
          <li key={one.installation.id} className="s13">
            <Name failure={one} />
            <Place failure={one} />
          </li>
        ))}
      </ul>
      {failures.length > SHOWN && (
        <div>
          <Button look="ghost" size="small" aria-expanded={isAll} onClick={toggle}>
            {isAll ? t('rollouts.failures_few') : t('rollouts.failures_all', { count: failures.length })}
          </Button>
        </div>
      )}
    </>
  )
}

function Name({ failure: { installation, organisation } }: { failure: Failed }) {
  return (
    <Link className="plain" to={paths.fleetInstallation(installation.id)}>
      {installation.name}, {organisation.name}
    </Link>
  )
}

function Place({ failure: { at, step } }: { failure: Failed }) {
  const { t } = useTranslation()
  return (
    <span className="s12 t3">
      {at === null ? (
        t('rollouts.failure_step', { step })
      ) : (
        <Trans i18nKey="rollouts.failure_at" values={{ step }} components={{ at: <Time at={at} /> }} />
      )}
    </span>
  )
}
