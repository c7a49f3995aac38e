// Mail: whether it leaves, what did not, and, where no mail server is set, what would have been sent.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconAlertTriangle, IconMailOff } from '@tabler/icons-react'
import { api, type Schemas } from '#api'
import { Address, Banner, Code, type Column, Empty, Status, Table, Time } from '#ui'
import { useTranslation } from '#words'
import { ReadMail, SendAgain } from './mail-actions.tsx'
import { Section } from './section.tsx'

export const mailsQuery = api.queryOptions('get', '/api/v1/mails', undefined, { refetchInterval: 30_000 })
type Mail = Schemas['Mail']

export function MailSection() {
  const { t } = useTranslation()
  const { items: mails } = useSuspenseQuery(mailsQuery).data
  const failed = mails.filter(({ state }) => state === 'failed').length
  return (
    <Section heading={t('settings.mails.heading')} lead={t('settings.mails.lead')}>
      {/* The newest one tells: it is kept where there is no server. */}
      {mails[0]?.state === 'kept' && (
        <Banner tone="warn" icon={<IconMailOff className="i" aria-hidden />} title={t('settings.mails.no_server')}>
          <div className="stack" style={{ '--gap': '8px' }}>
            <p>{t('settings.mails.no_server_text')}</p>
            <Code>FAIRWAY_SMTP_URL=smtp://user:password@mail.example.com:587</Code>
          </div>
        </Banner>
      )}
      {failed > 0 && (
        <Banner
          tone="bad"
          icon={<IconAlertTriangle className="i" aria-hidden />}
          title={t('settings.mails.failed', { count: failed })}
        >
          {t('settings.mails.failed_text')}
        </Banner>
      )}
      <div className="card">{mails.length === 0 ? <Empty>{t('settings.mails.none')}</Empty> : <Mails mails={mails} />}</div>
    </Section>
  )
}

function Mails({ mails }: { mails: Mail[] }) {
  const { t } = useTranslation()
  const columns = useColumns()
  return <Table label={t('settings.mails.heading')} columns={columns} rows={mails} keyOf={({ id }) => id} />
}

function What({ mail: { to, subject, lastError, attempts, sentAt, createdAt } }: { mail: Mail }) {
  const { t } = useTranslation()
  return (
    <span className="wrap">
      <span className="b">{subject}</span>
      <span className="below">
        <Address>{to}</Address>
      </span>
      <span className="sub">
        <Time at={sentAt ?? createdAt} />
      </span>
      {lastError && (
        <span className="below bad fg">
          {lastError} ({t('settings.mails.attempts', { count: attempts })})
        </span>
      )}
    </span>
  )
}

function State({ mail }: { mail: Mail }) {
  return (
    <span className="row wrapf state-of-mail">
      <Status kind="mail" value={mail.state} />
      {mail.state === 'failed' ? <SendAgain mail={mail} /> : <ReadMail mail={mail} />}
    </span>
  )
}

function useColumns() {
  const { t } = useTranslation()
  const columns: Column<Mail>[] = [
    { key: 'to', head: t('settings.mails.column_to'), cell: (mail) => <What mail={mail} /> },
    { key: 'state', head: t('settings.mails.column_state'), cell: (mail) => <State mail={mail} /> },
    {
      key: 'when',
      head: t('settings.mails.column_when'),
      cell: ({ sentAt, createdAt }) => <Time at={sentAt ?? createdAt} />,
      isRight: true,
      rank: 2,
    },
  ]
  return columns
}
