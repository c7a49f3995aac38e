// Which single keys the inbox knows, in its head.
import { areKeysOff, Kbd } from '#ui'
import { Trans } from '#words'

export function KeysHint() {
  if (areKeysOff()) return null
  return (
    <span className="t3 s12 row keyhint">
      <Trans i18nKey="inquiries.inbox.keys">
        <Kbd>J</Kbd>
        <Kbd>K</Kbd> move <Kbd>R</Kbd> reply <Kbd>N</Kbd> note <Kbd>L</Kbd> link
      </Trans>
    </span>
  )
}
