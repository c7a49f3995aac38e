// What is known beside a conversation: the installations and what runs there, what the inquiry waits for, its known error, the customer.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, Confirm, formatNumber, KeyValues, Markdown, Time } from '#ui'
import { useTranslation } from '#words'
import { RailInstallations } from './rail-installations.tsx'

interface RailProps {
  inquiry: Schemas['InquiryForStaff']
  mayHandle: boolean
  onLink: () => void
}

export function InboxRail({ inquiry, mayHandle, onLink }: RailProps) {
  const { t } = useTranslation()
  return (
    <aside className="rail" aria-label={t('inquiries.rail.context')}>
      <RailInstallations inquiry={inquiry} />
      {inquiry.fix && <WaitsFor fix={inquiry.fix} />}
      <KnownError {...{ inquiry, mayHandle, onLink }} />
      <Customer inquiry={inquiry} />
    </aside>
  )
}

const BECAUSE = [
  'no_fix',
  'nobody_reports',
  'not_installed',
  'not_healthy',
  'healthy_before_reopening',
  'proving',
  'nothing_to_fix',
] as const
const ONE_BECAUSE = ['not_installed', 'not_healthy', 'healthy_before_reopening', 'proving'] as const

function WaitsFor({ fix: { because, version, waitsFor } }: { fix: Schemas['AwaitedFix'] }) {
  const { t } = useTranslation()
  const reason = BECAUSE.find((one) => one === because) ?? 'no_fix'
  const words = (one: Schemas['AwaitedFix']['waitsFor'][number]) => {
    const known = ONE_BECAUSE.find((each) => each === one.because) ?? 'not_installed'
    return t(`inquiries.side.one_because.${one.version === null ? 'not_installed_never' : known}`, { version: one.version ?? '' })
  }
  return (
    <section>
      <h2>{t('inquiries.side.waits_for')}</h2>
      <p className="s13">{t(`inquiries.side.because.${reason}`, { version: version ?? '' })}</p>
      {waitsFor.length > 0 && (
        <dl className="kv">
          {waitsFor.map((one) => (
            <div key={one.installationId} style={{ display: 'contents' }}>
              <dt>{one.name}</dt>
              <dd>{words(one)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

function KnownError({ inquiry, mayHandle, onLink }: RailProps) {
  const { t } = useTranslation()
  const [isAsking, setAsking] = useState(false)
  const { id, knownError } = inquiry
  if (!knownError)
    return (
      <section>
        <h2>{t('inquiries.side.known_error')}</h2>
        <p className="s13 t2">{t('inquiries.side.no_known_error')}</p>
        {mayHandle && (
          <Button size="small" onClick={onLink}>
            {t('inquiries.side.choose')}
          </Button>
        )}
      </section>
    )
  return (
    <section>
      <h2>{t('inquiries.side.known_error')}</h2>
      <p className="s13">
        <Link className="under" to={paths.knownError(knownError.id)}>
          {knownError.title}
        </Link>{' '}
        <span className="t3">{knownError.id}</span>
      </p>
      {knownError.workaround !== '' && (
        <div className="s13 t2">
          <Markdown>{knownError.workaround}</Markdown>
        </div>
      )}
      {mayHandle && (
        <div className="row wrapf">
          <Button size="small" onClick={onLink}>
            {t('inquiries.side.change')}
          </Button>
          <Button size="small" look="ghost" onClick={() => setAsking(true)}>
            {t('inquiries.side.unlink')}
          </Button>
        </div>
      )}
      <Unlink isOpen={isAsking} onClose={() => setAsking(false)} inquiryId={id} knownErrorId={knownError.id} />
    </section>
  )
}

function Unlink({
  isOpen,
  onClose,
  inquiryId,
  knownErrorId,
}: {
  isOpen: boolean
  onClose: () => void
  inquiryId: string
  knownErrorId: string
}) {
  const { t } = useTranslation()
  const change = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      isHarmless
      question={t('inquiries.side.unlink_question', { id: inquiryId, knownError: knownErrorId })}
      verb={t('inquiries.side.unlink')}
      busyVerb={t('inquiries.side.unlinking')}
      keep={t('inquiries.side.keep')}
      onConfirm={() => change.mutateAsync({ params: { path: { inquiryId } }, body: { knownErrorId: null } })}
    >
      {t('inquiries.side.unlink_text', { id: inquiryId })}
    </Confirm>
  )
}

const MOST_COUNTED = 100

function Customer({ inquiry: { organisation, openedBy, createdAt, kind } }: { inquiry: Schemas['InquiryForStaff'] }) {
  const { t } = useTranslation()
  const query = { organisationId: organisation.id }
  const counts = useQuery(api.queryOptions('get', '/api/v1/installation-counts', { params: { query } }))
  const open = useQuery(
    api.queryOptions('get', '/api/v1/inquiries', { params: { query: { ...query, state: 'open', limit: MOST_COUNTED } } }),
  )
  const installations = counts.data && (
    <Link to={paths.fleet({ organisation: organisation.id })}>{formatNumber(counts.data.total)}</Link>
  )
  const opened = <Time at={createdAt} />
  const openCount = open.data && `${open.data.next === null ? '' : '>'}${formatNumber(open.data.items.length)}`
  return (
    <section>
      <h2>{t('inquiries.side.customer')}</h2>
      <p>
        <Link className="plain" to={paths.customer(organisation.id)}>
          {organisation.name}
        </Link>
      </p>
      <KeyValues
        of={[
          [t('inquiries.side.customer_installations'), installations],
          [t('inquiries.side.customer_open'), openCount],
          [t('inquiries.side.asked_by'), openedBy.name],
          [t('inquiries.side.opened'), opened],
          [t('inquiries.side.kind'), t(`inquiries.kind.${kind}`)],
        ]}
      />
    </section>
  )
}
