// Where an inquiry stands: a sentence, why, and the five stations from the report to the proof.
import { IconCircleCheckFilled, IconCircleDashed, IconProgress } from '@tabler/icons-react'
import { useId } from 'react'
import type { Schemas } from '#api'
import { formatTime, Time, useNow } from '#ui'
import { useTranslation } from '#words'
import { NextUpdates } from './next-updates.tsx'
import { hasWay, situationOf, toneOfSituation } from './standing.ts'

type Inquiry = Schemas['Inquiry']

export function ProofCard({ inquiry, vendor }: { inquiry: Inquiry; vendor: string }) {
  const id = useId()
  const situation = situationOf(inquiry)
  const { title, text } = useStanding(inquiry, vendor)
  return (
    <section className={`proof ${toneOfSituation(situation)}`} aria-labelledby={id}>
      <div className="stack" style={{ '--gap': '4px' }}>
        <h2 id={id}>{title}</h2>
        <p className="t2">{text}</p>
        {situation === 'proven' && <SilentOnes inquiry={inquiry} />}
        {situation === 'installing' && <NextUpdates waitsFor={inquiry.fix?.waitsFor ?? []} />}
      </div>
      {hasWay(inquiry) && <Way stations={inquiry.stations} />}
    </section>
  )
}

function useStanding(inquiry: Inquiry, vendor: string) {
  const { t } = useTranslation()
  const situation = situationOf(inquiry)
  const where = useWhere(inquiry)
  const when = useWhen(inquiry.closedAt)
  const words = { vendor, where, version: versionOf(inquiry), time: timeOf(inquiry) }
  if (situation === 'proven') {
    const count = inquiry.proof?.installations.length ?? 1
    return {
      title: t('inquiries.stands.proven_title', words),
      text: t('inquiries.stands.proven_text', { ...words, count, when }),
    }
  }
  return { title: t(`inquiries.stands.${situation}_title`, words), text: t(`inquiries.stands.${situation}_text`, words) }
}

/** In a sentence: at 14:18, on Thu 14:18. */
function useWhen(at: string | null) {
  const { t } = useTranslation()
  const now = useNow(60_000)
  if (at === null) return ''
  const isToday = new Date(at).toDateString() === new Date(now).toDateString()
  return t(isToday ? 'inquiries.stands.today_at' : 'inquiries.stands.on', { time: formatTime(new Date(at)) })
}

/** The one by its name, several by their number. */
function useWhere({ proof, fix }: Inquiry) {
  const { t } = useTranslation()
  const named = proof?.installations ?? fix?.waitsFor ?? []
  if (named.length === 0) return t('inquiries.stands.your_installations')
  return named.length === 1 && named[0] ? named[0].name : t('inquiries.stands.where_count', { count: named.length })
}

function versionOf({ solvedIn, fix, stations }: Inquiry) {
  return solvedIn ?? fix?.version ?? stations.find(({ station }) => station === 'fix')?.version ?? ''
}

/** Since when all run it healthy; for what is closed, when it was. */
function timeOf({ proof, closedAt }: Inquiry) {
  const since = proof?.installations.map(({ healthySince }) => Date.parse(healthySince)) ?? []
  if (since.length > 0) return formatTime(new Date(Math.max(...since)))
  return closedAt ? formatTime(new Date(closedAt)) : ''
}

function SilentOnes({ inquiry: { proof } }: { inquiry: Inquiry }) {
  const { t } = useTranslation()
  if (!proof || proof.silent.length === 0) return null
  const names = proof.silent.map(({ name }) => name).join(', ')
  return <p className="t2">{t('inquiries.stands.proven_silent', { names, version: proof.version })}</p>
}

function Way({ stations }: { stations: Inquiry['stations'] }) {
  const { t } = useTranslation()
  return (
    <ol className="chain" aria-label={t('inquiries.station.list')}>
      {stations.map((one) => (
        <Station key={one.station} of={one} isOver={stations.every(({ state }) => state !== 'now')} />
      ))}
    </ol>
  )
}

const ICONS = { done: IconCircleCheckFilled, now: IconProgress, to_come: IconCircleDashed }

/** @param isOver nothing goes on by itself: what is not reached will not be. */
function Station({ of, isOver }: { of: Schemas['InquiryStation']; isOver: boolean }) {
  const { t } = useTranslation()
  const Icon = ICONS[of.state]
  const later = () =>
    t(of.state === 'now' ? 'inquiries.station.now' : isOver ? 'inquiries.station.not_reached' : 'inquiries.station.to_come')
  return (
    <li className={of.state} aria-current={of.state === 'now' ? 'step' : undefined}>
      <Icon className="mk20" aria-hidden />
      <b>{t(`inquiries.station.${of.station}.${of.state}`)}</b>
      <span>
        {of.state === 'done' ? of.at && <Time at={of.at} /> : later()}
        {of.station === 'fix' && of.version && <> · {of.version}</>}
        {of.station === 'installed' && of.detail?.installation && <> · {of.detail.installation}</>}
      </span>
    </li>
  )
}
