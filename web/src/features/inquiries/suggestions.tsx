// Known errors that an inquiry may come from, with the reasons; one press links it, and may bring the workaround into the answer.
import { IconBug, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, Failure } from '#ui'
import { useTranslation } from '#words'

interface SuggestionsProps {
  inquiry: Schemas['InquiryForStaff']
  /** Begins an answer with these words. */
  onAnswer: (words: string) => void
}

export function Suggestions({ inquiry, onAnswer }: SuggestionsProps) {
  const [refused, setRefused] = useState<string[]>([])
  return inquiry.suggestions
    .filter(({ knownError }) => !refused.includes(knownError.id))
    .map((suggestion, place) => (
      <Suggestion
        key={suggestion.knownError.id}
        {...{ inquiryId: inquiry.id, suggestion, onAnswer }}
        isBest={place === 0}
        onRefuse={() => setRefused((all) => [...all, suggestion.knownError.id])}
      />
    ))
}

interface SuggestionProps {
  inquiryId: string
  suggestion: Schemas['KnownErrorSuggestion']
  isBest: boolean
  onAnswer: (words: string) => void
  onRefuse: () => void
}

function Suggestion({ inquiryId, suggestion: { knownError, reasons }, isBest, onAnswer, onRefuse }: SuggestionProps) {
  const { t, i18n } = useTranslation()
  const link = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  const { id, title, workaround } = knownError
  const because = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    reasons.map((reason) => t(`inquiries.suggest.${reason}`)),
  )
  const press = (then?: () => void) =>
    link.mutate({ params: { path: { inquiryId } }, body: { knownErrorId: id } }, then ? { onSuccess: then } : {})
  return (
    <section className="sug">
      <h2 className="row top b">
        <IconBug className="i" aria-hidden />
        <span>
          {isBest ? t('inquiries.suggest.probably') : t('inquiries.suggest.perhaps')}{' '}
          <Link className="under" to={paths.knownError(id)}>
            {id}
          </Link>
          : {title}
        </span>
      </h2>
      <p className="t2">{t('inquiries.suggest.because', { reasons: because })}</p>
      <Failure error={link.error} />
      <div className="row wrapf">
        {workaround !== '' && (
          <Button
            size="small"
            look={isBest ? 'primary' : 'plain'}
            icon={<IconLink className="i" aria-hidden />}
            isBusy={link.isPending}
            onClick={() => press(() => onAnswer(workaround))}
          >
            {t('inquiries.suggest.link_and_answer')}
          </Button>
        )}
        <Button size="small" isBusy={link.isPending} onClick={() => press()}>
          {t('inquiries.suggest.link')}
        </Button>
        <Button size="small" look="ghost" onClick={onRefuse}>
          {t('inquiries.suggest.not_this')}
        </Button>
      </div>
    </section>
  )
}
