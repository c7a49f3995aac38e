// Reads `--file linux/x64=dist/till-1.4.2.tar.gz`: for which machines a file is, and where it lies.
import { basename } from 'node:path'
import { wrongUsage } from '../failure.ts'

export interface ReleaseFile {
  platform: string
  arch: string
  path: string
  /** Under which installations know it. */
  name: string
}

const FORM = /^(?<platform>[a-z0-9][a-z0-9_-]{0,29})\/(?<arch>[a-z0-9][a-z0-9_-]{0,29})=(?<path>.+)$/
const NAME = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/

export function parseReleaseFile(text: string): ReleaseFile {
  const { platform, arch, path } = FORM.exec(text)?.groups ?? {}
  if (!platform || !arch || !path)
    throw wrongUsage(
      `--file ${JSON.stringify(text)} is not like PLATFORM/ARCH=PATH.`,
      'Write it like --file linux/x64=dist/till-1.4.2.tar.gz, or any/any=… for every machine.',
    )
  const name = basename(path)
  if (!NAME.test(name))
    throw wrongUsage(
      `The file name ${JSON.stringify(name)} cannot be published.`,
      'Use letters, digits and . _ + - in it, 200 at most.',
    )
  return { platform, arch, path, name }
}

/** One file for each platform and architecture, and no name twice. */
export function parseReleaseFiles(texts: string[]): ReleaseFile[] {
  const files = texts.map(parseReleaseFile)
  for (const [what, keys] of [
    ['platform and architecture', files.map(({ platform, arch }) => `${platform}/${arch}`)],
    ['file name', files.map(({ name }) => name)],
  ] as const) {
    const twice = keys.find((key, index) => keys.indexOf(key) !== index)
    if (twice)
      throw wrongUsage(
        `There are two files with the ${what} ${twice}.`,
        'A release has one file for each machine, each with a name of its own.',
      )
  }
  return files
}
