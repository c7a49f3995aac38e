// Chooses files, and shows those that are chosen with how far each is.
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { Button, formatBytes, IconButton, Progress } from '#ui'
import { useTranslation } from '#words'
import type { Chosen, Files } from './use-files.ts'

/** @param isIcon only the clip, for tight places; its words are its name. */
export function AddFiles({ files, isIcon = false, label }: { files: Files; isIcon?: boolean; label?: string }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const open = () => input.current?.click()
  const icon = <IconPaperclip className="i" aria-hidden />
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label ?? t('inquiries.files.add')}
        onChange={({ target }) => {
          files.add(target.files ?? [])
          // The same file can be chosen a second time.
          target.value = ''
        }}
      />
      {isIcon ? (
        <IconButton look="ghost" size="small" label={label ?? t('inquiries.files.add')} icon={icon} onClick={open} />
      ) : (
        <Button icon={icon} onClick={open}>
          {t('inquiries.files.add')}
        </Button>
      )}
    </>
  )
}

export function ChosenFiles({ files }: { files: Files }) {
  const { t } = useTranslation()
  if (files.chosen.length === 0) return null
  return (
    <ul className="files" aria-label={t('inquiries.files.list')}>
      {files.chosen.map((one) => (
        <li key={one.id}>
          <ChosenFile one={one} onRemove={() => files.remove(one.id)} />
        </li>
      ))}
    </ul>
  )
}

function ChosenFile({ one, onRemove }: { one: Chosen; onRemove: () => void }) {
  const { t } = useTranslation()
  const { file, state, sentBytes } = one
  const words = { name: file.name, done: formatBytes(sentBytes), total: formatBytes(file.size) }
  return (
    <>
      <div className="row">
        <IconPaperclip className="i s t3" aria-hidden />
        <span className="sp cut">{file.name}</span>
        <span className="t3 s13 nw num">{state === 'sending' ? `${words.done} / ${words.total}` : words.total}</span>
        {state !== 'sending' && (
          <IconButton
            look="ghost"
            size="small"
            label={t('inquiries.files.remove', { name: file.name })}
            icon={<IconX className="i s" aria-hidden />}
            onClick={onRemove}
          />
        )}
      </div>
      {state === 'sending' && <Progress done={sentBytes} of={file.size} label={t('inquiries.files.sending', words)} />}
      <WhatIsWrong one={one} />
    </>
  )
}

function WhatIsWrong({ one: { file, state, detail } }: { one: Chosen }) {
  const { t } = useTranslation()
  const name = file.name
  const words = () => {
    if (state === 'too_big') return t('inquiries.files.too_big', { name, size: formatBytes(file.size) })
    if (state === 'empty') return t('inquiries.files.empty', { name })
    if (state === 'failed')
      return detail ? t('inquiries.files.failed', { name, detail }) : t('inquiries.files.failed_away', { name })
    return undefined
  }
  const said = words()
  return said === undefined ? null : (
    <p className="s13 bad fg" role="alert">
      {said}
    </p>
  )
}
