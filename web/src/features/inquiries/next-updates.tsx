// When each installation gets the version that it waits for, and why not sooner: one line each, the first three.
import { formatPercent } from '#ui'
import { useTranslation } from '#words'
import type { Schemas } from '#api'
import { useOutlooks } from './inquiry-queries.ts'

const MOST_SHOWN = 3

interface Waiting {
  installationId: string
  name: string
}

export function NextUpdates({ waitsFor }: { waitsFor: Waiting[] }) {
  const { t } = useTranslation()
  const outlooks = useOutlooks(waitsFor.map(({ installationId }) => installationId))
  const more = waitsFor.length - MOST_SHOWN
  return (
    <ul className="nexts t2">
      {waitsFor.slice(0, MOST_SHOWN).map(({ installationId, name }) => (
        <NextUpdate key={installationId} name={name} outlook={outlooks.get(installationId)} />
      ))}
      {more > 0 && <li>{t('inquiries.next.more', { count: more })}</li>}
    </ul>
  )
}

function NextUpdate({ name, outlook }: { name: string; outlook: Schemas['Outlook'] | undefined }) {
  const words = useNextUpdate(name, outlook)
  return words === undefined ? null : <li>{words}</li>
}

/** Undefined while it is not known. */
export function useNextUpdate(name: string, outlook: Schemas['Outlook'] | undefined) {
  const { t } = useTranslation()
  if (!outlook) return undefined
  const { kind, code, rollout, text, version } = outlook
  if (kind === 'update') return t('inquiries.next.update', { name, version: version ?? '' })
  if (kind === 'current') return t('inquiries.next.current', { name })
  if (code === 'cohort' && rollout && rollout.percentHere !== null) {
    const steps = { here: formatPercent(rollout.percentHere), now: formatPercent(rollout.percentNow) }
    return t(rollout.percentHere === 100 ? 'inquiries.next.last_step' : 'inquiries.next.cohort', {
      name,
      version: version ?? '',
      ...steps,
    })
  }
  return t('inquiries.next.held', { name, text: text ?? '' })
}
