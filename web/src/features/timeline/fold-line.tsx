// Repeated facts as one line, which opens to show each.
import { useState } from 'react'
import { useTranslation } from '#words'
import { Clock, EventLine } from './event-line.tsx'
import { lookOf } from './event-look.tsx'
import type { Fold, FoldedWords } from './fold.ts'
import type { Names } from './timeline-queries.ts'

export function FoldLine({ fold: { words, events }, names, picked }: { fold: Fold; names: Names; picked: string | undefined }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(() => events.some(({ id }) => id === picked))
  const [newest, oldest] = [events[0]!, events.at(-1)!]
  const [tone, Icon] = lookOf(newest)
  const customers = new Set(events.map(({ organisation }) => organisation?.name))
  return (
    <>
      <li className="ev">
        <Clock at={oldest.occurredAt} />
        <span className={`mk ${tone}`}>
          <Icon className="i" aria-hidden />
        </span>
        <div className="w">
          <b>{useFoldedWords(words, { count: new Set(events.map(({ subject }) => subject)).size, names })}</b>{' '}
          <button className="as-link" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t('timeline.fold_again') : t('timeline.show_each')}
          </button>
        </div>
        <div className="sc">{customers.size === 1 && newest.organisation?.name}</div>
      </li>
      {isOpen && events.map((event) => <EventLine key={event.id} event={event} names={names} isPicked={event.id === picked} />)}
    </>
  )
}

function useFoldedWords({ key, version, releaseId }: FoldedWords, { count, names }: { count: number; names: Names }) {
  const { t } = useTranslation()
  const release = releaseId === undefined ? undefined : names[releaseId]
  return t(`timeline.folded.${key}`, { count, version: version ?? release ?? t('timeline.a_release') })
}
