// The scope of the timeline: kinds of events, one customer, and what else is filtered, as chips.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconX } from '@tabler/icons-react'
import { useNavigate, useSearchParams } from 'react-router'
import { everyCustomerQuery } from '#api'
import { formatTime, LiveMark, Segment } from '#ui'
import { useTranslation } from '#words'
import { type Kind, kindOf, KINDS, type TimelineFilter, withParams } from './timeline-filter.ts'

export function TimelineTools({ filter, subjectName }: { filter: TimelineFilter; subjectName: string }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const kind = kindOf(filter)
  return (
    <div className="tlb" role="group" aria-label={t('timeline.filters')}>
      <Segment<Kind | 'some'>
        label={t('timeline.kinds')}
        value={kind}
        options={(Object.keys(KINDS) as Kind[]).map((value) => ({ value, words: t(`timeline.kind.${value}`) }))}
        onChange={(value) => void navigate(withParams(params, { name: value === 'some' ? filter.name : KINDS[value] }))}
      />
      <Customer chosen={filter.organisation} />
      {filter.subject && <Chip name="subject" words={t('timeline.about', { subject: subjectName })} />}
      {filter.name && kind === 'some' && <Chip name="name" words={t('timeline.only_names', { names: filter.name })} />}
      {filter.until && <Chip name="until" words={t('timeline.until', { time: formatTime(new Date(filter.until)) })} />}
      <span className="sp" />
      <LiveMark />
    </div>
  )
}

function Customer({ chosen = '' }: { chosen: string | undefined }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const customers = useSuspenseQuery(everyCustomerQuery).data
  return (
    <select
      className="in"
      aria-label={t('timeline.customer')}
      value={chosen}
      onChange={({ target }) => void navigate(withParams(params, { organisation: target.value }))}
    >
      <option value="">{t('timeline.all_customers')}</option>
      {customers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}

function Chip({ name, words }: { name: keyof TimelineFilter; words: string }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  return (
    <span className="chip">
      <span className="cut">{words}</span>
      <button
        type="button"
        aria-label={t('timeline.remove_filter', { filter: words })}
        onClick={() => void navigate(withParams(params, { [name]: undefined }))}
      >
        <IconX className="i s" aria-hidden />
      </button>
    </span>
  )
}
