// What names of files say of the machines that they are for.
import { expect, test } from 'vitest'
import { artifactName, guessTarget } from './targets.ts'

test.each([
  ['quayline-1.4.2-linux-x64.tar.zst', 'linux', 'x64'],
  ['quayline-1.4.2-linux-arm64.tar.zst', 'linux', 'arm64'],
  ['quayline_1.4.2_amd64.deb', 'linux', 'x64'],
  ['Quayline-Setup-1.4.2.exe', 'win32', 'any'],
  ['quayline-win32-ia32.zip', 'win32', 'ia32'],
  ['Quayline_1.4.2_aarch64.dmg', 'darwin', 'arm64'],
  ['quayline-darwin-x64.zip', 'darwin', 'x64'],
  ['quayline-x86_64-unknown-linux-gnu.tgz', 'linux', 'x64'],
  ['till-armhf.tar.gz', 'any', 'arm'],
  ['quayline-1.4.2.cdx.json', 'any', 'any'],
  ['charm-twinkle.zip', 'any', 'any'],
])('%s is for %s/%s', (name, platform, arch) => {
  expect(guessTarget(name)).toEqual({ platform, arch })
})

test('a name becomes one that the server takes', () => {
  const taken = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/
  expect(artifactName('Kasse (neu) 1.4.2.zip')).toBe('Kasse-neu-1.4.2.zip')
  expect(artifactName('Till Setup 1.2.0 (arm64).exe')).toBe('Till-Setup-1.2.0-arm64.exe')
  for (const name of ['.hidden', '—', 'ä.zip', `${'x'.repeat(300)}.zip`]) expect(artifactName(name)).toMatch(taken)
})
