// Rollouts that have ended: a line each.
import { Link } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Card, type Column, formatNumber, Status, Table, Time } from '#ui'
import { Trans, useTranslation } from '#words'

type Rollout = Schemas['Rollout']

export function EndedRollouts({ rollouts }: { rollouts: Rollout[] }) {
  const { t } = useTranslation()
  const columns: Column<Rollout>[] = [
    { key: 'rollout', head: t('rollouts.column_rollout'), cell: (rollout) => <Name rollout={rollout} /> },
    { key: 'state', head: t('rollouts.column_state'), cell: ({ state }) => <Status kind="rollout" value={state} />, rank: 2 },
    { key: 'why', head: t('rollouts.column_why'), cell: ({ because }) => <span className="t2">{because}</span>, rank: 3 },
    {
      key: 'healthy',
      head: t('rollouts.column_healthy'),
      cell: ({ tally }) => (
        <span className="nw">
          {tally.members === 0
            ? t('rollouts.nobody_there')
            : t('common.of', { count: tally.healthy, total: formatNumber(tally.members) })}
        </span>
      ),
      isRight: true,
    },
    {
      key: 'ended',
      head: t('rollouts.column_ended'),
      cell: ({ endedAt }) => endedAt && <Time at={endedAt} />,
      isRight: true,
      rank: 2,
    },
  ]
  return (
    <Card title={t('rollouts.ended')} isFlush>
      <Table
        label={t('rollouts.ended')}
        columns={columns}
        rows={rollouts}
        keyOf={({ id }) => id}
        toOf={({ id }) => paths.rollout(id)}
      />
    </Card>
  )
}

function Name({ rollout: { id, product, version, channel, state, endedAt } }: { rollout: Rollout }) {
  return (
    <>
      <Link className="plain" to={paths.rollout(id)}>
        <Trans
          i18nKey="rollouts.heading"
          values={{ product: product.name, version, channel }}
          components={{ v: <span className="ver" /> }}
        />
      </Link>
      <span className="sub row wrapf">
        <Status kind="rollout" value={state} /> {endedAt && <Time at={endedAt} />}
      </span>
    </>
  )
}
