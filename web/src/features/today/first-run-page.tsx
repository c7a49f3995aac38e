// The first run: five steps, judged by what is there; the last one sees the first check-in by itself.
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { ensure, everyCustomerQuery, useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink, ConsolePage } from '#ui'
import { useTranslation } from '#words'
import { FirstRunStep } from './first-run-step.tsx'
import { StepList } from './step-list.tsx'
import { STEPS, type StepName, useSetUp } from './steps.ts'
import {
  installationCountsQuery,
  mailsQuery,
  needyInstallationsQuery,
  productsQuery,
  releasesQuery,
  rolloutsQuery,
} from './today-queries.ts'
import './today.css'

export function loader() {
  const queries = [
    productsQuery,
    releasesQuery,
    rolloutsQuery,
    installationCountsQuery,
    needyInstallationsQuery,
    everyCustomerQuery,
  ]
  return ensure(...queries)
}

export function Component() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const { found, done, next } = useSetUp()
  const chosen: StepName | undefined = STEPS.find((step) => step === params.get('step'))
  const shown = chosen ?? next
  return (
    <ConsolePage
      title={t('today.start.title')}
      crumbs={[{ words: t('today.title'), to: paths.today() }, { words: t('today.start.title') }]}
    >
      <div className="first-run">
        <StepList found={found} done={done} shown={shown} />
        <div className="stack" style={{ '--gap': '16px' }}>
          {shown ? <FirstRunStep step={shown} found={found} isDone={done.includes(shown)} next={next} /> : <AllDone />}
          <MailNote />
        </div>
      </div>
    </ConsolePage>
  )
}

function AllDone() {
  const { t } = useTranslation()
  return (
    <>
      <h1>{t('today.start.all_done')}</h1>
      <p className="t2">{t('today.start.all_done_lead')}</p>
      <p>
        <ButtonLink look="primary" to={paths.today()}>
          {t('today.start.to_today')}
        </ButtonLink>
      </p>
    </>
  )
}

/** Without a mail server invitations reach nobody by themselves; a kept mail shows it. */
function MailNote() {
  const { t } = useTranslation()
  const mayRead = useMe().permissions.includes('settings:manage')
  const { data } = useQuery({ ...mailsQuery, enabled: mayRead })
  if (!data?.items.some(({ state }) => state === 'kept')) return null
  return (
    <p className="t2 s13 note-line">
      {t('today.start.mail_kept')} <Link to={paths.settings('mail')}>{t('today.start.mail_open')}</Link>
    </p>
  )
}
