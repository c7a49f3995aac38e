// Backup: what to run. It runs on the server's machine, so that nobody can take everything away through a browser.
import { Card, Code } from '#ui'
import { useTranslation } from '#words'
import { Section } from './section.tsx'

const COMMANDS = {
  make: 'npm run fairway -- backup /backups/fairway-$(date +%F).tar.zst',
  daily: '15 2 * * *  cd /srv/fairway && npm run --silent fairway -- backup /backups/fairway-$(date +\\%F).tar.zst',
  restore: 'npm run fairway -- restore /backups/fairway-2026-11-23.tar.zst',
  drill: 'FAIRWAY_DATA=/tmp/drill npm run fairway -- restore /backups/fairway-2026-11-23.tar.zst',
} as const
const KINDS = ['make', 'daily', 'restore', 'drill'] as const

export function BackupSection() {
  const { t } = useTranslation()
  return (
    <Section heading={t('settings.backups.heading')} lead={`${t('settings.backups.lead')} ${t('settings.backups.folder')}`}>
      {KINDS.map((kind) => (
        <Card key={kind} title={t(`settings.backups.${kind}`)}>
          <div className="stack">
            <Code>{COMMANDS[kind]}</Code>
            <p className="t2 s13">{t(`settings.backups.${kind}_text`)}</p>
          </div>
        </Card>
      ))}
      <p className="t3 s13">{t('settings.backups.env')}</p>
    </Section>
  )
}
