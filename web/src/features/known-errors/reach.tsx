// Who has a known error against who runs its fix, and the rollouts that bring it.
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useMe } from '#api'
import { paths } from '#paths'
import { BarKey, ButtonLink, Card, formatNumber, type Part, StackedBar, Status } from '#ui'
import { useTranslation } from '#words'
import { type KnownErrorDetail, rolloutsQuery } from './known-error-queries.ts'

export function Reach({ knownError }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  const { affected, fixedInstallations, productId } = knownError
  const parts: Part[] = [
    {
      share: 'new',
      count: fixedInstallations,
      words: t('knownErrors.page.part_fixed', { number: formatNumber(fixedInstallations) }),
    },
    {
      share: 'wait',
      count: affected.installations,
      words: t('knownErrors.page.part_affected', { number: formatNumber(affected.installations) }),
    },
  ]
  const isAny = affected.installations + fixedInstallations > 0
  return (
    <Card title={t('knownErrors.page.reach')}>
      <div className="stack">
        <p className="reach">{useVerdict(knownError)}</p>
        {isAny && (
          <>
            <StackedBar parts={parts} />
            <BarKey parts={parts} />
          </>
        )}
        {affected.installations > 0 && (
          <p className="s13">
            <Link to={paths.fleet({ product: productId })}>{t('knownErrors.page.show_installations')}</Link>
          </p>
        )}
        {knownError.fixedIn.length > 0 && <Rollouts knownError={knownError} />}
      </div>
    </Card>
  )
}

function useVerdict({ affected, fixedInstallations }: KnownErrorDetail) {
  const { t } = useTranslation()
  const fixed = t('knownErrors.page.reach_fixed', { count: fixedInstallations })
  if (affected.installations > 0) {
    const have = t('knownErrors.page.reach_affected', { count: affected.installations })
    return `${have} ${t('knownErrors.page.reach_at', { count: affected.organisations })}${fixedInstallations > 0 ? `; ${fixed}` : ''}.`
  }
  return fixedInstallations > 0 ? `${t('knownErrors.page.reach_none')}; ${fixed}.` : t('knownErrors.page.reach_nobody')
}

/** Newest first; those of versions that fix it. */
function Rollouts({ knownError: { productId, fixedIn } }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const rollouts = useSuspenseQuery(rolloutsQuery(productId)).data.items.filter(({ version }) => fixedIn.includes(version))
  return (
    <section className="stack brings">
      <h3>{t('knownErrors.page.rollouts')}</h3>
      {rollouts.length === 0 && <p className="t2">{t('knownErrors.page.rollouts_none', { version: fixedIn.at(-1) ?? '' })}</p>}
      {rollouts.length === 0 && permissions.includes('rollouts:steer') && (
        <p>
          <ButtonLink size="small" to={paths.newRollout()}>
            {t('knownErrors.page.start_rollout')}
          </ButtonLink>
        </p>
      )}
      <ul className="stack" style={{ '--gap': '8px' }}>
        {rollouts.map(({ id, version, channel, state, tally, step, steps }) => (
          <li key={id} className="row wrapf">
            <Link className="plain" to={paths.rollout(id)}>
              {t('knownErrors.page.rollout_step', { version, channel })}
            </Link>
            <Status kind="rollout" value={state} />
            <span className="t3 s13">
              {t('knownErrors.page.rollout_tally', { healthy: tally.healthy, members: tally.members, step, steps: steps.length })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
