// Known errors that may be the answer, shown directly after the sentence: the best with what to do, each with why it is shown.
import { IconAlertTriangle, IconCheck, IconHelpCircle } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { Button, Markdown } from '#ui'
import { useTranslation } from '#words'
import { useNextUpdate } from './next-updates.tsx'
import { useOutlooks } from './inquiry-queries.ts'
import { markWords, type PossibleAnswer } from './possible-answers.ts'

interface AnswersProps {
  answers: PossibleAnswer[]
  /** Of the chosen installation. */
  name: string | undefined
  onSolved: () => void
}

export function AnswersFound({ answers, name, onSolved }: AnswersProps) {
  const { t } = useTranslation()
  const id = useId()
  if (answers.length === 0)
    return (
      <section className="ans" aria-live="polite">
        <p className="t2 s13">
          {name === undefined ? t('inquiries.form.no_answers_any') : t('inquiries.form.no_answers', { name })}
        </p>
      </section>
    )
  return (
    <section className="ans" aria-labelledby={id} aria-live="polite">
      <h2 id={id}>{name === undefined ? t('inquiries.form.answers') : t('inquiries.form.answers_for', { name })}</h2>
      {answers.map((answer, place) => (
        <Answer key={answer.knownError.id} answer={answer} isBest={place === 0} isChosen={name !== undefined} />
      ))}
      <div className="row wrapf">
        <Button icon={<IconCheck className="i" aria-hidden />} onClick={onSolved}>
          {t('inquiries.form.solved')}
        </Button>
        <span className="t3 s13">{t('inquiries.form.solved_hint')}</span>
      </div>
    </section>
  )
}

function Answer({ answer, isBest, isChosen }: { answer: PossibleAnswer; isBest: boolean; isChosen: boolean }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { knownError, words } = answer
  return (
    <article className={`an${isBest ? ' best' : ''}`}>
      <p className="row wrapf s13">
        <span className="pill warn">
          <IconAlertTriangle className="i" aria-hidden />
          {isChosen ? t('inquiries.form.affects_this') : t('inquiries.form.affects_yours')}
        </span>
        <span className="t3">{knownError.id}</span>
      </p>
      <h3>
        {/* Pieces of one title never change places. */}
        {markWords(knownError.title, words).map(({ text, isMarked }, place) =>
          // oxlint-disable-next-line react/no-array-index-key
          isMarked ? <mark key={place}>{text}</mark> : text,
        )}
      </h3>
      <Where answer={answer} />
      <p className="why">
        <IconHelpCircle className="i" aria-hidden />
        <Why answer={answer} />
      </p>
      {knownError.workaround !== '' &&
        (isBest || isOpen ? (
          <div className="todo">
            <p className="b">{t('inquiries.form.what_to_do')}</p>
            <Markdown>{knownError.workaround}</Markdown>
          </div>
        ) : (
          <p>
            <Button size="small" aria-expanded={false} onClick={() => setOpen(true)}>
              {t('inquiries.form.show')}
            </Button>
          </p>
        ))}
    </article>
  )
}

/** Where it is known, what fixes it, and when that comes. */
function Where({ answer: { knownError, affects } }: { answer: PossibleAnswer }) {
  const { t } = useTranslation()
  const [first] = affects
  const hasFix = knownError.fixedIn.length > 0
  const outlooks = useOutlooks(hasFix && first ? [first.installationId] : [])
  const outlook = first && outlooks.get(first.installationId)
  const next = useNextUpdate(first?.name ?? '', outlook)
  const isNextTheFix = outlook?.version != null && knownError.fixedIn.includes(outlook.version)
  return (
    <p className="t2 s13">
      {first && t('inquiries.form.known_in', { name: first.name, version: first.version })}{' '}
      {hasFix ? t('inquiries.form.fixed_in', { version: knownError.fixedIn.join(', ') }) : t('inquiries.form.no_fix')}{' '}
      {isNextTheFix && next}
    </p>
  )
}

function Why({ answer: { words, affects } }: { answer: PossibleAnswer }) {
  const { t } = useTranslation()
  if (words.length > 0) return t('inquiries.form.why_words', { words: words.join(', ') })
  return t('inquiries.form.why_installation', { name: affects[0]?.name ?? '' })
}
