// A new inquiry: perhaps there is an answer already; if not, one sentence is enough, and it can always be sent.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type LoaderFunctionArgs, useNavigate, useSearchParams } from 'react-router'
import { api, ensure, queryClient, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, PortalPage } from '#ui'
import { useTranslation } from '#words'
import { vendorQuery } from './inquiry-queries.ts'
import { NewInquiryForm } from './new-inquiry-form.tsx'
import { ChosenFiles } from './pick-files.tsx'
import { type Files, useFiles } from './use-files.ts'
import './inquiries.css'
import './new-inquiry.css'

const installationsQuery = api.queryOptions('get', '/api/v1/installations', {
  params: { query: { state: 'active', sort: 'need', limit: 100 } },
})
const affectingQuery = api.queryOptions('get', '/api/v1/known-errors', { params: { query: { affectsMe: true, limit: 50 } } })

function installationQuery(installationId: string) {
  return api.queryOptions('get', '/api/v1/installations/{installationId}', { params: { path: { installationId } } })
}

export async function loader({ request }: LoaderFunctionArgs) {
  await ensure(affectingQuery, vendorQuery)
  const { items } = await queryClient.ensureQueryData(installationsQuery)
  const asked = new URL(request.url).searchParams.get('installation')
  if (asked === null || items.some(({ id }) => id === asked)) return null
  // One of many that the list does not hold; one that is not theirs is left out.
  return queryClient.prefetchQuery(installationQuery(asked)).then(() => null)
}

/** Those to choose from, the one that the address names among them. */
function useInstallations() {
  const [search] = useSearchParams()
  const { items } = useSuspenseQuery(installationsQuery).data
  const asked = search.get('installation')
  const isMissing = asked !== null && !items.some(({ id }) => id === asked)
  const { data } = useQuery({ ...installationQuery(asked ?? ''), enabled: isMissing })
  return isMissing && data ? [data, ...items] : items
}

export function Component() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const installations = useInstallations()
  const knownErrors = useSuspenseQuery(affectingQuery).data.items.filter(
    (one): one is Schemas['KnownError'] => one.view === 'customer',
  )
  const files = useFiles()
  const [sentId, setSentId] = useState<string>()
  const [isSolved, setSolved] = useState(false)

  async function onSent(id: string) {
    if (!files.isAny) return navigate(paths.inquiry(id))
    setSentId(id)
    if (await files.sendTo(id)) await navigate(paths.inquiry(id))
  }

  const crumbs = [{ words: t('inquiries.title'), to: paths.inquiries() }, { words: t('inquiries.form.crumb') }]
  if (isSolved)
    return (
      <PortalPage
        title={t('inquiries.form.solved_title')}
        heading={t('inquiries.form.solved_title')}
        lead={t('inquiries.form.solved_text')}
        crumbs={crumbs}
      >
        <ButtonLink look="primary" to={paths.home()}>
          {t('inquiries.form.to_home')}
        </ButtonLink>
      </PortalPage>
    )
  if (sentId !== undefined) return <FilesToSend {...{ crumbs, sentId, files }} onAgain={() => void onSent(sentId)} />
  return (
    <PortalPage title={t('inquiries.new')} heading={t('inquiries.form.title')} lead={t('inquiries.form.lead')} crumbs={crumbs}>
      <NewInquiryForm {...{ installations, knownErrors, files, onSent }} onSolved={() => setSolved(true)} />
    </PortalPage>
  )
}

interface FilesToSendProps {
  crumbs: { words: string; to?: string }[]
  sentId: string
  files: Files
  onAgain: () => void
}

/** The words have arrived; the files are on their way, or one of them did not arrive. */
function FilesToSend({ crumbs, sentId, files, onAgain }: FilesToSendProps) {
  const { t } = useTranslation()
  const title = files.isSending
    ? t('inquiries.form.files_going', { id: sentId })
    : t('inquiries.form.files_failed_title', { id: sentId })
  return (
    <PortalPage
      title={title}
      heading={title}
      crumbs={crumbs}
      {...(!files.isSending && { lead: t('inquiries.form.files_failed_text') })}
    >
      <div className="stack narrow" style={{ '--gap': '16px' }}>
        <ChosenFiles files={files} />
        {!files.isSending && (
          <div className="row wrapf">
            <Button look="primary" onClick={onAgain}>
              {t('inquiries.files.send_again')}
            </Button>
            <ButtonLink to={paths.inquiry(sentId)}>{t('inquiries.form.go_on', { id: sentId })}</ButtonLink>
          </div>
        )}
      </div>
    </PortalPage>
  )
}
