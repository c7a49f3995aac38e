// The installations that run a release, those that need a person first.
import { Link } from 'react-router'
import { type Schemas, usePages } from '#api'
import { paths } from '#paths'
import { ButtonLink, Card, type Column, Empty, ShowMore, Status, Table, Time } from '#ui'
import { useTranslation } from '#words'
import { installationsQuery, type StaffReleaseDetails } from './queries.ts'

type Installation = Schemas['StaffInstallation']

export function ReleaseInstallations({ release: { productId, version, state } }: { release: StaffReleaseDetails }) {
  const { t } = useTranslation()
  const { items, more, isMoreComing } = usePages(installationsQuery(productId, version))
  // Staff get the full shape.
  const installations = items.filter((one): one is Installation => 'organisation' in one)
  if (installations.length === 0)
    return (
      <Empty>
        {state === 'draft' ? t('releases.installations_empty_draft') : t('releases.installations_empty', { version })}
      </Empty>
    )
  return (
    <Card
      title={t('releases.tab_installations')}
      isFlush
      actions={
        <ButtonLink size="small" to={paths.fleet({ product: productId, version })}>
          {t('releases.in_fleet')}
        </ButtonLink>
      }
    >
      <InstallationTable installations={installations} />
      <ShowMore more={more} isComing={isMoreComing} />
    </Card>
  )
}

function InstallationTable({ installations }: { installations: Installation[] }) {
  const { t } = useTranslation()
  const columns: Column<Installation>[] = [
    {
      key: 'name',
      head: t('releases.column_installation'),
      cell: ({ id, name, organisation }) => (
        <>
          <Link className="plain" to={paths.fleetInstallation(id)}>
            {name}
          </Link>
          <span className="sub">{organisation.name}</span>
        </>
      ),
    },
    { key: 'customer', head: t('releases.column_customer'), cell: ({ organisation }) => organisation.name, rank: 2 },
    {
      key: 'health',
      head: t('releases.column_health'),
      cell: ({ condition, state }) => <Status kind="condition" value={condition ?? state} />,
    },
    { key: 'channel', head: t('releases.column_channel'), cell: ({ channel }) => channel, rank: 2 },
    {
      key: 'seen',
      head: t('releases.column_seen'),
      cell: ({ lastSeenAt }) => (lastSeenAt ? <Time at={lastSeenAt} as="ago" /> : t('common.never')),
      isRight: true,
      rank: 2,
    },
  ]
  return (
    <Table
      label={t('releases.tab_installations')}
      columns={columns}
      rows={installations}
      keyOf={({ id }) => id}
      toOf={({ id }) => paths.fleetInstallation(id)}
    />
  )
}
