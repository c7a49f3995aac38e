// Everything that an event says, as pairs, and where to go from it.
import { Link } from 'react-router'
import { paths } from '#paths'
import { CopyButton, formatExact, KeyValues, shortDigest } from '#ui'
import { isWord, useTranslation } from '#words'
import { thingOf } from './say-event.ts'
import { subjectPath } from './subject-path.ts'
import type { Names, TimelineEvent } from './timeline-queries.ts'

export function EventBody({ event, names }: { event: TimelineEvent; names: Names }) {
  const { t } = useTranslation()
  const { id, name, subject, occurredAt, actor, organisation, body } = event
  const to = subjectPath(event)
  const thing = thingOf(event)
  const told = Object.entries(flat(body))
    .filter(([key]) => key !== 'organisationId' || !organisation)
    .map(([key, value]): [string, string] => [fieldName(t, key), fieldValue(t, { key, value, names })])
  return (
    <div className="body">
      <p className="row wrapf s13">
        {to !== undefined && <Link to={to}>{t('timeline.open_subject', { subject: thing })}</Link>}
        <Link to={paths.timeline({ subject })}>{t('timeline.only_subject', { subject: thing })}</Link>
      </p>
      <KeyValues
        of={[
          [
            t('timeline.detail_event'),
            <span className="mono" key="name">
              {name}
            </span>,
          ],
          [t('timeline.detail_time'), formatExact(new Date(occurredAt))],
          [t('timeline.detail_actor'), actor?.name],
          [t('timeline.detail_customer'), organisation?.name],
          ...told,
          [
            t('timeline.detail_id'),
            <span className="mono" key="id">
              {id} <CopyButton text={id} />
            </span>,
          ],
        ]}
      />
    </div>
  )
}

type T = (key: 'timeline.field.version' | 'timeline.nothing' | 'timeline.yes' | 'timeline.no') => string

/** `previous: { version }` becomes `previous_version`: pairs know one level. */
function flat(body: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([inner, its]) => [`${key}_${inner}`, its])
        : [[key, value]],
    ),
  )
}

/** A field that we have no word for is called as the event calls it. */
function fieldName(t: T, field: string) {
  const key = `timeline.field.${field}`
  return isWord(key) ? t(key as 'timeline.field.version') : field
}

function fieldValue(t: T, { key, value, names }: { key: string; value: unknown; names: Names }): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return t('timeline.nothing')
  if (typeof value === 'boolean') return value ? t('timeline.yes') : t('timeline.no')
  if (Array.isArray(value)) return value.map((one) => fieldValue(t, { key, value: one, names })).join(', ')
  const text = String(value)
  if (key === 'sha256') return shortDigest(text)
  return names[text] === undefined || names[text] === text ? text : `${names[text]} (${text})`
}
