// Light or dark, and whether single keys do things; both are kept in this browser.
import { useState } from 'react'
import { useMe } from '#api'
import { areKeysOff, Card, CheckBox, Segment, setKeysOff, useColorScheme } from '#ui'
import { useTranslation } from '#words'

export function AppearanceCard() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useColorScheme()
  // The portal has no single keys.
  const hasKeys = useMe().kind === 'staff'
  const [areOff, setOff] = useState(areKeysOff)
  return (
    <Card title={t(hasKeys ? 'settings.appearance.title' : 'settings.appearance.theme')}>
      <div className="stack" style={{ '--gap': '16px' }}>
        <div>
          <Segment
            label={t('settings.appearance.theme')}
            value={colorScheme}
            options={[
              { value: 'auto', words: t('common.theme_auto') },
              { value: 'light', words: t('common.theme_light') },
              { value: 'dark', words: t('common.theme_dark') },
            ]}
            onChange={setColorScheme}
          />
        </div>
        {hasKeys && (
          <CheckBox
            label={
              <>
                {t('settings.appearance.keys')}
                <span className="below">{t('settings.appearance.keys_hint')}</span>
              </>
            }
            checked={!areOff}
            onChange={({ target }) => {
              setKeysOff(!target.checked)
              setOff(!target.checked)
            }}
          />
        )}
      </div>
    </Card>
  )
}
