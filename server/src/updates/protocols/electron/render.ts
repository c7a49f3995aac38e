// The channel file that electron-updater reads (electron-builder: builder-util-runtime UpdateInfo); pure.
import { stringify } from 'yaml'
import type { PublishedArtifact, PublishedRelease } from '#delivery'

/** `url` is relative to the folder of the channel file; sha512 is base64 there. */
export function renderChannelFile(release: PublishedRelease, artifact: PublishedArtifact) {
  const url = `${artifact.id}/${artifact.name}`
  const sha512 = Buffer.from(artifact.sha512, 'hex').toString('base64')
  return stringify({
    version: release.version,
    files: [{ url, sha512, size: artifact.size }],
    path: url,
    sha512,
    releaseDate: release.publishedAt.toISOString(),
    ...(release.notes ? { releaseNotes: release.notes } : {}),
  })
}
