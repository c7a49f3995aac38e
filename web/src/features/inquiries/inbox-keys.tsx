// Which single keys the inbox knows, in its head.
import { useMe } from '#api'
import { areKeysOff, Kbd } from '#ui'
import { Trans } from '#words'

export function KeysHint() {
  const mayHandle = useMe().permissions.includes('inquiries:handle')
  if (areKeysOff()) return null
  return (
    <span className="t3 s12 row keyhint">
      <Trans i18nKey={mayHandle ? 'inquiries.inbox.keys' : 'inquiries.inbox.keys_reader'}>
        <Kbd>J</Kbd>
        <Kbd>K</Kbd> move <Kbd>R</Kbd> reply <Kbd>N</Kbd> note <Kbd>L</Kbd> link
      </Trans>
    </span>
  )
}
