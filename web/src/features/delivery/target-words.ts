// What platforms and architectures are called; those that we do not know are shown as they are called.
import { isWord, useTranslation } from '#words'

export function useTargetWords() {
  const { t } = useTranslation()
  // Keys that are put together; each has been looked up before.
  const wordOf = (key: string, fallback: string) => (isWord(key) ? t(key as 'releases.platform_any') : fallback)
  return {
    platformWords: (platform: string) => wordOf(`releases.platform_${platform}`, platform),
    archWords: (arch: string) => wordOf(`releases.arch_${arch}`, arch),
  }
}
