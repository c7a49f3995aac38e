// The second step after a password: a code of an authenticator app; turned on with its proof, turned off with the password.
import { useState } from 'react'
import { useMe } from '#api'
import { Button, Card } from '#ui'
import { useTranslation } from '#words'
import { NewBackupCodes } from './backup-codes.tsx'
import { TurnOffSecondStep } from './turn-off-second-step.tsx'
import { TurnOnSecondStep } from './turn-on-second-step.tsx'

export function SecondStepCard() {
  const { t } = useTranslation()
  const { twoFactor } = useMe()
  const [open, setOpen] = useState<'on' | 'off' | 'codes'>()
  const close = () => setOpen(undefined)
  const actions = twoFactor.totp ? (
    <>
      <Button size="small" onClick={() => setOpen('codes')}>
        {t('settings.code.new_codes')}
      </Button>
      <Button size="small" look="danger" onClick={() => setOpen('off')}>
        {t('settings.code.turn_off')}
      </Button>
    </>
  ) : (
    <Button size="small" onClick={() => setOpen('on')}>
      {t('settings.code.turn_on')}
    </Button>
  )
  return (
    <Card title={t('settings.code.title')} actions={actions}>
      <p>{t(twoFactor.totp ? 'settings.code.on' : 'settings.code.off')}</p>
      {/* Made anew each time: what they show is shown once. */}
      {open === 'on' && <TurnOnSecondStep onClose={close} />}
      {open === 'off' && <TurnOffSecondStep onClose={close} />}
      {open === 'codes' && <NewBackupCodes onClose={close} />}
    </Card>
  )
}
