// What a machine or a file is for, one way everywhere: "Linux, x86-64". Names that we do not know stay, with a capital.
import { isWord, words } from '#words'

export function platformName(platform: string) {
  return nameOf(`common.platforms.${platform}`) ?? platform.charAt(0).toUpperCase() + platform.slice(1)
}

export function archName(arch: string) {
  return nameOf(`common.archs.${arch}`) ?? arch
}

export function formatTarget({ platform, arch }: { platform: string; arch: string }) {
  const values = { platform: platformName(platform), arch: archName(arch) }
  if (arch !== 'any') return words.t(platform === 'any' ? 'common.target_any_platform' : 'common.target', values)
  return words.t(platform === 'any' ? 'common.target_any' : 'common.target_any_arch', values)
}

// Keys that are put together; each is looked up before.
function nameOf(key: string) {
  return isWord(key) ? words.t(key as 'common.platforms.any') : undefined
}
