// Copies a text and says so where it stands; no toast for what can be seen.
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from '#words'
import { IconButton } from './button.tsx'

const SHOWN_MS = 2000

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation()
  const [isCopied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <IconButton
      look="ghost"
      size="small"
      label={isCopied ? t('common.copied') : (label ?? t('common.copy'))}
      icon={isCopied ? <IconCheck className="i s" aria-hidden /> : <IconCopy className="i s" aria-hidden />}
      onClick={() => void copy()}
    />
  )
}
