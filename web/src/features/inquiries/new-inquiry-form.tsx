// The form of a new inquiry; what is written is kept on this device until it is sent.
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { api, type Schemas } from '#api'
import { Button, Failure, RadioCards, Select, TextArea, TextField, useForm } from '#ui'
import { useTranslation } from '#words'
import { AnswersFound } from './answers-found.tsx'
import { AttachedByItself } from './attached-by-itself.tsx'
import { AddFiles, ChosenFiles } from './pick-files.tsx'
import { useProductName } from './inquiry-queries.ts'
import { possibleAnswers } from './possible-answers.ts'
import { keepDraft, useDraftPlace } from './use-draft.ts'
import { type Files, pastedFiles } from './use-files.ts'

interface FormProps {
  installations: Schemas['Installation'][]
  knownErrors: Schemas['KnownError'][]
  files: Files
  onSent: (inquiryId: string) => Promise<void>
  onSolved: () => void
}

const KINDS = ['incident_report', 'question', 'service_request'] as const

type Draft = Record<'installation' | 'title' | 'text' | 'kind', string>

const EMPTY: Draft = { installation: '', title: '', text: '', kind: 'incident_report' }

export function NewInquiryForm({ installations, knownErrors, files, onSent, onSolved }: FormProps) {
  const { t } = useTranslation()
  const productName = useProductName()
  const { form, isDraft, forget } = useInquiryForm(installations, onSent)
  const { values } = form
  const installation = installations.find(({ id }) => id === values.installation)
  const answers = possibleAnswers(knownErrors, { installationId: installation?.id, sentence: values.title })
  const choices = [
    { value: '', label: t('inquiries.form.no_installation') },
    ...installations.map(({ id, name, productId, version }) => ({
      value: id,
      label:
        version === null
          ? t('inquiries.form.option_without', { name, product: productName(productId) })
          : t('inquiries.form.option', { name, product: productName(productId), version }),
    })),
  ]
  return (
    <form className="grid2" {...form.form}>
      <div className="stack ga" style={{ '--gap': '20px' }}>
        <Select label={t('inquiries.form.installation')} choices={choices} {...form.field('installation')} />
        <TextField
          label={t('inquiries.form.sentence')}
          hint={
            answers.length > 0
              ? t('inquiries.form.sentence_hint', { count: answers.length })
              : t('inquiries.form.sentence_hint_none')
          }
          maxLength={200}
          {...form.field('title')}
        />
      </div>
      <AnswersFound
        answers={answers}
        name={installation?.name}
        onSolved={() => {
          forget()
          onSolved()
        }}
      />
      <div className="stack gb" style={{ '--gap': '20px' }}>
        <TextArea
          label={t('inquiries.form.details')}
          isOptional
          rows={5}
          maxLength={20_000}
          placeholder={t('inquiries.form.details_placeholder')}
          onPaste={(event) => files.add(pastedFiles(event))}
          {...form.field('text')}
        />
        <RadioCards
          legend={t('inquiries.form.kind')}
          name="kind"
          value={values.kind}
          onChange={(kind) => form.set('kind', kind)}
          choices={KINDS.map((kind) => ({
            value: kind,
            label: t(`inquiries.kind.${kind}`),
            detail: t(`inquiries.form.kind_${kind}`),
          }))}
        />
        <div className="stack" style={{ '--gap': '8px' }}>
          <div className="row wrapf">
            <AddFiles files={files} />
            <span className="t3 s13">{t('inquiries.files.hint')}</span>
          </div>
          <ChosenFiles files={files} />
        </div>
        <AttachedByItself installation={installation} />
        <Failure error={form.failure} />
        <div className="row wrapf">
          <Button type="submit" look="primary" size="large" isBusy={form.isBusy}>
            {form.isBusy ? t('inquiries.form.sending') : t('inquiries.form.send')}
          </Button>
          {isDraft && (
            <Button look="ghost" size="large" onClick={forget}>
              {t('inquiries.form.discard')}
            </Button>
          )}
        </div>
        <p className="t3 s13">{t('inquiries.form.draft')}</p>
      </div>
    </form>
  )
}

function useInquiryForm(installations: Schemas['Installation'][], onSent: FormProps['onSent']) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const place = useDraftPlace('new-inquiry')
  const asked = { installation: search.get('installation') ?? '', title: search.get('q') ?? '' }
  const [initial] = useState(() => ({ ...EMPTY, ...readDraft(place), ...withoutEmpty(asked) }))
  const open = api.useMutation('post', '/api/v1/inquiries')
  const form = useForm<Draft>({
    initial,
    check: { title: (title) => (title.trim() === '' ? t('inquiries.form.sentence_missing') : undefined) },
    async submit(values) {
      const { id } = await open.mutateAsync({ body: wishOf(values, installations) })
      keepDraft(place, '')
      await onSent(id)
    },
  })
  const { title, text } = form.values
  const isDraft = title !== '' || text !== ''
  const isSent = open.isSuccess
  useEffect(() => {
    // The installation alone is no draft: it was chosen by a link.
    if (!isSent) keepDraft(place, isDraft ? JSON.stringify(form.values) : '')
  }, [place, isDraft, isSent, form.values])
  return {
    form,
    isDraft,
    forget: () => form.reset({ ...EMPTY, installation: form.values.installation }),
  }
}

/** What the server needs in words is the sentence itself, where there are no details. */
function wishOf({ installation, title, text, kind }: Draft, installations: Schemas['Installation'][]): Schemas['NewInquiry'] {
  return {
    title: title.trim(),
    text: text.trim() || title.trim(),
    kind: KINDS.find((one) => one === kind) ?? 'incident_report',
    ...(installations.some(({ id }) => id === installation) && { installationIds: [installation] }),
  }
}

function readDraft(place: string): Partial<Draft> {
  try {
    const draft: unknown = JSON.parse(localStorage.getItem(place) ?? '{}')
    if (typeof draft !== 'object' || draft === null) return {}
    return Object.fromEntries(Object.entries(draft).filter(([key, value]) => key in EMPTY && typeof value === 'string'))
  } catch {
    // Whatever stands there, it is no draft of ours.
    return {}
  }
}

function withoutEmpty(values: Partial<Draft>): Partial<Draft> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}
