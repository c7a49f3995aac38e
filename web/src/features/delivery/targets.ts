// Platforms and architectures as installations call them, and what a file's name says of them. Pure.
export const PLATFORMS = ['any', 'linux', 'win32', 'darwin', 'freebsd', 'android'] as const
export const ARCHITECTURES = ['any', 'x64', 'arm64', 'arm', 'ia32', 'riscv64', 'ppc64', 's390x'] as const

export interface Target {
  platform: string
  arch: string
}

const PLATFORM_SIGNS: [string, RegExp][] = [
  ['win32', /(^|[^a-z])(win(dows)?(32|64)?|setup)([^a-z]|$)|\.(exe|msi|msix|appx)$/],
  ['darwin', /(^|[^a-z])(mac(os)?|osx|darwin)([^a-z]|$)|\.(dmg|pkg)$/],
  ['android', /(^|[^a-z])android([^a-z]|$)|\.(apk|aab)$/],
  ['freebsd', /freebsd/],
  ['linux', /(^|[^a-z])linux|\.(deb|rpm|appimage|snap|flatpak)$/],
]

const ARCH_SIGNS: [string, RegExp][] = [
  ['x64', /x64|x86[_-]?64|amd64|win64/],
  ['arm64', /arm64|aarch64|armv8/],
  ['arm', /armhf|armv[67]|(^|[^a-z])arm([^a-z0-9]|$)/],
  ['ia32', /ia32|i[3-6]86|x86|win32/],
  ['riscv64', /riscv64/],
  ['ppc64', /ppc64/],
  ['s390x', /s390x/],
]

/** `any` where the name says nothing: one file for all. */
export function guessTarget(fileName: string): Target {
  const name = fileName.toLowerCase()
  const find = (signs: [string, RegExp][]) => signs.find(([, sign]) => sign.test(name))?.[0] ?? 'any'
  return { platform: find(PLATFORM_SIGNS), arch: find(ARCH_SIGNS) }
}

/** What the server takes as a name: no spaces, nothing that a shell or an address would read. */
export function artifactName(fileName: string) {
  const clean = fileName
    .replace(/[^A-Za-z0-9._+-]+/g, '-')
    .replace(/-+\./g, '.')
    .slice(-200)
    .replace(/^[^A-Za-z0-9]+/, '')
  return clean || 'file'
}
