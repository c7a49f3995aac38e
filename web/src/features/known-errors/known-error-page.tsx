// One known error: what it is and what to do meanwhile, who has it, what brings the fix, and which inquiries it will close.
import { type LoaderFunctionArgs, useParams, useSearchParams } from 'react-router'
import { ensure, queryClient, useMe } from '#api'
import { paths } from '#paths'
import { Button, Card, ConsolePage, Markdown, StatusPill, TwoColumns } from '#ui'
import { useTranslation } from '#words'
import { EditKnownError } from './edit-known-error.tsx'
import { type KnownErrorDetail, knownErrorQuery, productsQuery, rolloutsQuery, useKnownError } from './known-error-queries.ts'
import { KnownErrorRail } from './known-error-rail.tsx'
import { Reach } from './reach.tsx'
import { WaitingInquiries } from './waiting-inquiries.tsx'
import './known-errors.css'

export async function loader({ params: { knownErrorId = '' } }: LoaderFunctionArgs) {
  const { productId } = await queryClient.ensureQueryData(knownErrorQuery(knownErrorId))
  return ensure(rolloutsQuery(productId), productsQuery)
}

export function Component() {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const { knownErrorId = '' } = useParams()
  const knownError = useKnownError(knownErrorId)
  const [search, setSearch] = useSearchParams()
  const { id, title, state } = knownError
  const mayWrite = permissions.includes('known-errors:write')
  const isEditing = mayWrite && search.has('edit')
  const edit = (isOn: boolean) => setSearch(isOn ? { edit: '' } : {}, { replace: !isOn, preventScrollReset: true })
  return (
    <ConsolePage
      title={`${id} ${title}`}
      crumbs={[{ words: t('knownErrors.title'), to: paths.knownErrors() }, { words: id }]}
      heading={title}
      pill={<StatusPill kind="known_error" value={state} />}
      lead={t(`knownErrors.state_explained.${state}`)}
      actions={mayWrite && !isEditing && <Button onClick={() => edit(true)}>{t('knownErrors.page.edit')}</Button>}
    >
      <TwoColumns rail={<KnownErrorRail knownError={knownError} />}>
        {!isEditing && <Reach knownError={knownError} />}
        {isEditing ? <EditKnownError knownError={knownError} onDone={() => edit(false)} /> : <Texts knownError={knownError} />}
        <WaitingInquiries knownError={knownError} />
      </TwoColumns>
    </ConsolePage>
  )
}

function Texts({ knownError: { workaround, description, cause } }: { knownError: KnownErrorDetail }) {
  const { t } = useTranslation()
  return (
    <>
      <Card title={t('knownErrors.page.workaround')}>
        <Text text={workaround} none={t('knownErrors.page.no_workaround')} />
      </Card>
      <Card title={t('knownErrors.page.description')}>
        <Text text={description} none={t('knownErrors.page.no_description')} />
      </Card>
      <Card title={t('knownErrors.page.cause')} count={t('knownErrors.page.cause_inside')}>
        <Text text={cause} none={t('knownErrors.page.no_cause')} />
      </Card>
    </>
  )
}

function Text({ text, none }: { text: string; none: string }) {
  return text.trim() === '' ? <p className="t3">{none}</p> : <Markdown>{text}</Markdown>
}
