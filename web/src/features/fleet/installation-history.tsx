// What an installation went through: in the panel how each release ended, on its page every report.
import { useQuery } from '@tanstack/react-query'
import { IconPlugConnected } from '@tabler/icons-react'
import type { Schemas } from '#api'
import { History, type Past, StatusIcon, toneOf } from '#ui'
import { useTranslation } from '#words'
import { releasesQuery } from './fleet-queries.ts'

interface Happened {
  key: string
  releaseId: string
  kind: Schemas['InstallationOutcome']['kind']
  at: string
  reason: string | null
}

interface HistoryProps {
  productId: string
  /** Newest first. */
  of: Happened[]
  /** The end of the list: how it was connected. */
  enrolledAt?: string | undefined
}

export function outcomesOf({ outcomes }: Schemas['StaffInstallationDetails']): Happened[] {
  return outcomes.toSorted((a, b) => b.at.localeCompare(a.at)).map((outcome) => ({ ...outcome, key: outcome.releaseId }))
}

export function reportsOf(reports: Schemas['InstallationReport'][]): Happened[] {
  return reports.map((report) => ({ ...report, key: report.reportId, at: report.receivedAt }))
}

export function InstallationHistory({ productId, of, enrolledAt }: HistoryProps) {
  const { t } = useTranslation()
  const versionOf = useVersions(productId)
  const past = of.map(({ key, releaseId, kind, at, reason }): Past => {
    const words = t(`fleet.outcome.${kind}`, { version: versionOf(releaseId) })
    return {
      key,
      tone: toneOf('report', kind),
      icon: <StatusIcon kind="report" value={kind} />,
      words,
      at,
      detail: reason ?? undefined,
    }
  })
  const icon = <IconPlugConnected className="i" aria-hidden />
  const enrolled: Past[] =
    enrolledAt === undefined ? [] : [{ key: 'enrolled', tone: 'mute', icon, words: t('fleet.enrolled_at'), at: enrolledAt }]
  return <History of={[...past, ...enrolled]} />
}

/** Reports and outcomes name the release; a report's own version is what ran at that moment. */
function useVersions(productId: string) {
  const { t } = useTranslation()
  const { data } = useQuery(releasesQuery(productId))
  return (releaseId: string) => data?.items.find(({ id }) => id === releaseId)?.version ?? t('fleet.unknown_release')
}
