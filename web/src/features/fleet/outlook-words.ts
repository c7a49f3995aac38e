// What an installation runs next, in few words for a cell and as a sentence for its page.
import type { TFunction } from 'i18next'
import type { Schemas } from '#api'
import type { StaffInstallation } from './fleet-filter.ts'

export type StaffOutlook = Schemas['StaffOutlook']

export function isStaffOutlook(one: Schemas['StaffOutlook'] | Schemas['Outlook']): one is StaffOutlook {
  return one.rollout === null || 'id' in one.rollout
}

type Condition = StaffInstallation['condition']

export function outlookInShort(t: TFunction, outlook: StaffOutlook, condition: Condition) {
  const { kind, code, rollout } = outlook
  const version = outlook.version ?? ''
  if (kind === 'current') return t('fleet.next_short.current')
  if (kind === 'update' || code === null) return t(`fleet.next_short.${updateWord(condition)}`, { version })
  return t(`fleet.next_short.${cohortWord(code, rollout)}`, { version, percent: rollout?.percentHere ?? 100 })
}

export function outlookSentence(t: TFunction, outlook: StaffOutlook, installation: StaffInstallation) {
  const { kind, code, rollout } = outlook
  const { channel, platform, arch, organisation } = installation
  const [version, here, now] = [outlook.version ?? '', rollout?.percentHere ?? 100, rollout?.percentNow ?? 0]
  const values = { version, channel, platform, arch, customer: organisation.name, here, now }
  if (kind === 'current') return t('fleet.next_long.current', values)
  if (kind === 'update' || code === null) return t(`fleet.next_long.${updateWord(installation.condition)}`, values)
  return t(`fleet.next_long.${cohortWord(code, rollout)}`, values)
}

/** “The 100 % step” says less than what it is. */
function cohortWord(code: NonNullable<StaffOutlook['code']>, rollout: StaffOutlook['rollout']) {
  return code === 'cohort' && (rollout?.percentHere ?? 100) === 100 ? 'cohort_last' : code
}

/** One under way needs no further call; one that does not call gets nothing. */
function updateWord(condition: Condition) {
  return condition === 'updating' || condition === 'silent' ? condition : 'update'
}
