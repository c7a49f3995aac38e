// Beside an inquiry: what was attached by itself then and how it is now, the known error, who sees it.
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, type Schemas, useMe } from '#api'
import { paths } from '#paths'
import { Avatar, Card, KeyValues, Markdown, Status, Time, Version } from '#ui'
import { useTranslation } from '#words'

interface RailProps {
  inquiry: Schemas['Inquiry']
  vendor: string
}

export function MyInquiryRail({ inquiry, vendor }: RailProps) {
  const { t } = useTranslation()
  return (
    <aside className="stack" style={{ '--gap': '20px' }} aria-label={t('inquiries.rail.context')}>
      <Attached inquiry={inquiry} />
      {inquiry.knownError && <KnownErrorCard knownError={inquiry.knownError} isOver={inquiry.closedAt !== null} />}
      <WhoSees organisationId={inquiry.organisationId} vendor={vendor} />
    </aside>
  )
}

function Attached({ inquiry: { installations } }: { inquiry: Schemas['Inquiry'] }) {
  const { t } = useTranslation()
  const now = useQueries({
    queries: installations.map(({ installationId }) =>
      api.queryOptions('get', '/api/v1/installations/{installationId}', { params: { path: { installationId } } }),
    ),
  })
  return (
    <Card title={t('inquiries.rail.attached')}>
      {installations.length === 0 && <p className="t2 s13">{t('inquiries.rail.no_installation')}</p>}
      <div className="stack" style={{ '--gap': '16px' }}>
        {installations.map((then, place) => (
          <ThenAndNow key={then.installationId} then={then} now={now[place]?.data} />
        ))}
      </div>
    </Card>
  )
}

/** What was kept at that moment is health alone. */
const CONDITION: Record<string, string> = { healthy: 'healthy', unhealthy: 'failing' }

function ThenAndNow({ then, now }: { then: Schemas['InquiryInstallation']; now: Schemas['InstallationDetails'] | undefined }) {
  const { t } = useTranslation()
  const link = <Link to={paths.installation(then.installationId)}>{then.name}</Link>
  const lastHeard = now?.lastSeenAt && <Time at={now.lastSeenAt} as="ago" />
  const version = (one: string | null) => (one === null ? t('inquiries.rail.not_installed') : <Version>{one}</Version>)
  return (
    <KeyValues
      of={[
        [t('inquiries.rail.installation'), link],
        [
          t('inquiries.rail.when_asked'),
          <>
            {version(then.version)} <Status kind="condition" value={CONDITION[then.health] ?? 'unknown'} />
          </>,
        ],
        [t('inquiries.rail.why'), then.lastReport?.reason],
        [
          t('inquiries.rail.now'),
          now && (
            <>
              {version(now.version)} {now.condition && <Status kind="condition" value={now.condition} />}
            </>
          ),
        ],
        [t('inquiries.rail.last_heard'), lastHeard],
      ]}
    />
  )
}

function KnownErrorCard({
  knownError: { id, title, workaround },
  isOver,
}: {
  knownError: Schemas['KnownErrorRef']
  isOver: boolean
}) {
  const { t } = useTranslation()
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/known-errors/{knownErrorId}', { params: { path: { knownErrorId: id } } }),
  )
  const fixedIn = data?.fixedIn ?? []
  return (
    <Card title={t('inquiries.rail.known_error')} actions={<span className="t3 s13">{id}</span>}>
      <div className="stack" style={{ '--gap': '8px' }}>
        <p className="b">{title}</p>
        {data && (
          <Status
            kind="known_error"
            value={fixedIn.length > 0 ? 'closed' : 'open'}
            words={
              fixedIn.length > 0 ? t('inquiries.rail.fixed_in', { version: fixedIn.join(', ') }) : t('inquiries.rail.no_fix')
            }
          />
        )}
        {workaround !== '' && !isOver && (
          <div className="s13 t2">
            <p className="b">{t('inquiries.rail.workaround')}</p>
            <Markdown>{workaround}</Markdown>
          </div>
        )}
      </div>
    </Card>
  )
}

const MOST_FACES = 5

function WhoSees({ organisationId, vendor }: { organisationId: string; vendor: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/organisations/{organisationId}/members', {
      params: { path: { organisationId }, query: { limit: 100 } },
    }),
  )
  if (!data) return null
  const colleagues = data.items.filter(({ id }) => id !== me.id)
  return (
    <Card title={t('inquiries.rail.who')}>
      <div className="stack" style={{ '--gap': '10px' }}>
        <div className="row">
          {[me, ...colleagues].slice(0, MOST_FACES).map(({ id, name }) => (
            <Avatar key={id} name={name} />
          ))}
        </div>
        <p className="t2 s13">
          {colleagues.length === 0
            ? t('inquiries.rail.alone', { vendor })
            : t('inquiries.rail.colleagues', { count: colleagues.length, vendor })}
        </p>
      </div>
    </Card>
  )
}
