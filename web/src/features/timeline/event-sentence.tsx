// An event in words; the thing that it is about stands out.
import { isWord, useTranslation } from '#words'
import { sayEvent, thingOf } from './say-event.ts'
import type { Names, TimelineEvent } from './timeline-queries.ts'

/** Stands in the sentence where the name of the thing goes; no name holds it. */
const PLACE = '\u0001'

export function EventSentence({ event, names }: { event: TimelineEvent; names: Names }) {
  const { t } = useTranslation()
  const { key, values } = sayEvent(event, names, PLACE)
  const full = `timeline.said.${key}`
  const thing = <b>{thingOf(event)}</b>
  if (!isWord(full))
    return (
      <>
        {thing} <span className="mono">{event.name}</span>
      </>
    )
  // Its words exist; all sentences take the same values.
  const sentence = t(full as 'timeline.said.delivery.release_published', withWords(t, values))
  const [before, ...after] = sentence.split(PLACE)
  return (
    <>
      {before}
      {after.length > 0 && thing}
      {after.join('')}
    </>
  )
}

/** States, in the words that they have everywhere. */
function withWords(t: (key: 'status.inquiry.new') => string, values: Record<string, string | number>) {
  const key = `status.inquiry.${values['status']}`
  // As above.
  const status = isWord(key) ? t(key as 'status.inquiry.new') : values['status']
  return { ...values, thing: String(values['thing']), ...(status !== undefined && { status }) }
}
