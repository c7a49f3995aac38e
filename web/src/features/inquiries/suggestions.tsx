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
  const { t } = useTranslation()
  const [refused, setRefused] = useState<string[]>([])
  const [isUnfolded, setUnfolded] = useState(false)
  const left = inquiry.suggestions
    .filter(({ knownError }) => !refused.includes(knownError.id))
    .toSorted((a, b) => Number(isLikely(b)) - Number(isLikely(a)))
  // More than one would push what the customer asked out of view.
  const shown = isUnfolded ? left : left.slice(0, 1)
  const more = left.length - shown.length
  return (
    <>
      {shown.map((suggestion) => (
        <Suggestion
          key={suggestion.knownError.id}
          {...{ inquiryId: inquiry.id, suggestion, onAnswer }}
          onRefuse={() => setRefused((all) => [...all, suggestion.knownError.id])}
        />
      ))}
      {more > 0 && (
        <Button className="more" size="small" look="ghost" onClick={() => setUnfolded(true)}>
          {t('inquiries.suggest.more', { count: more })}
        </Button>
      )}
    </>
  )
}

/** The version alone says little: many known errors affect it. */
function isLikely({ reasons }: Schemas['KnownErrorSuggestion']) {
  return reasons.includes('title_alike') && reasons.includes('version_affected')
}

interface SuggestionProps {
  inquiryId: string
  suggestion: Schemas['KnownErrorSuggestion']
  onAnswer: (words: string) => void
  onRefuse: () => void
}

function Suggestion({ inquiryId, suggestion, onAnswer, onRefuse }: SuggestionProps) {
  const { t, i18n } = useTranslation()
  const link = api.useMutation('patch', '/api/v1/inquiries/{inquiryId}')
  const { knownError, reasons } = suggestion
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
          {isLikely(suggestion) ? t('inquiries.suggest.probably') : t('inquiries.suggest.perhaps')}{' '}
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
            look={isLikely(suggestion) ? 'primary' : 'plain'}
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
