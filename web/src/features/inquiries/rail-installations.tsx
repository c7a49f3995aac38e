// The installations that an inquiry is about: how they are now, what comes next, and what changed there before it was asked.
import { useQueries } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { KeyValues, Status, Time, Version } from '#ui'
import { useTranslation } from '#words'
import { useOutlooks, useProductName, useVersionOf } from './inquiry-queries.ts'
import { useNextUpdate } from './next-updates.tsx'

type Inquiry = Schemas['InquiryForStaff']
type Then = Schemas['InquiryInstallation']
type Now = Schemas['StaffInstallationDetails'] | Schemas['InstallationDetails']

export function RailInstallations({ inquiry }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  const { installations, organisation, createdAt } = inquiry
  const outlooks = useOutlooks(installations.map(({ installationId }) => installationId))
  const now = useQueries({
    queries: installations.map(({ installationId }) =>
      api.queryOptions('get', '/api/v1/installations/{installationId}', { params: { path: { installationId } } }),
    ),
  })
  const [first] = installations
  return (
    <>
      <section>
        <h2>{t('inquiries.side.installations')}</h2>
        {installations.length === 0 && (
          <p className="s13 t2">{t('inquiries.side.no_installation', { customer: organisation.name })}</p>
        )}
        <div className="stack" style={{ '--gap': '16px' }}>
          {installations.map((then, place) => (
            <One key={then.installationId} then={then} now={now[place]?.data} outlook={outlooks.get(then.installationId)} />
          ))}
        </div>
      </section>
      {first && <Before then={first} now={now[0]?.data} until={createdAt} />}
    </>
  )
}

function One({ then, now, outlook }: { then: Then; now: Now | undefined; outlook: Schemas['Outlook'] | undefined }) {
  const { t } = useTranslation()
  const next = useNextUpdate(then.name, outlook)
  const productName = useProductName()
  const lastHeard = now?.lastSeenAt && <Time at={now.lastSeenAt} as="ago" />
  const version = (one: string | null) => (one === null ? t('inquiries.rail.not_installed') : <Version>{one}</Version>)
  return (
    <div className="stack" style={{ '--gap': '6px' }}>
      <div className="row wrapf">
        <Link className="plain" to={paths.fleetInstallation(then.installationId)}>
          {then.name}
        </Link>
        <span className="sp" />
        {now && <Status kind="condition" value={now.condition ?? now.state} />}
      </div>
      <KeyValues
        of={[
          [t('inquiries.side.product'), `${productName(then.productId)}, ${then.channel}`],
          [t('inquiries.rail.when_asked'), version(then.version)],
          [t('inquiries.rail.now'), now && version(now.version)],
          [t('inquiries.rail.last_heard'), lastHeard],
          [t('inquiries.rail.why'), then.lastReport?.reason],
        ]}
      />
      {outlook?.kind !== 'current' && next && <p className="s13 t2">{next}</p>}
    </div>
  )
}

const MOST_SHOWN = 4

/** What the installation told before the question: the newest first. */
function Before({ then, now, until }: { then: Then; now: Now | undefined; until: string }) {
  const { t } = useTranslation()
  const versionOf = useVersionOf(then.productId)
  if (!now) return null
  const reports = now.reports.filter(({ receivedAt }) => receivedAt <= until).slice(0, MOST_SHOWN)
  return (
    <section>
      <h2>{t('inquiries.side.timeline')}</h2>
      {reports.length === 0 && <p className="s13 t2">{t('inquiries.side.timeline_empty', { name: then.name })}</p>}
      <ul className="tr">
        {reports.map(({ reportId, releaseId, kind, receivedAt, reason }) => (
          <li key={reportId}>
            <Time at={receivedAt} />
            <span>
              <Status kind="report" value={kind} /> {versionOf(releaseId)} {reason && <span className="t2">{reason}</span>}
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link className="s13 under" to={paths.timeline({ subject: then.installationId })}>
          {t('inquiries.side.timeline_link')}
        </Link>
      </p>
    </section>
  )
}
