// The one question before a release is published: what can never be changed afterwards, by name.
import { api } from '#api'
import { Confirm, formatBytes, formatTarget, shortDigest } from '#ui'
import { useTranslation } from '#words'
import type { StaffReleaseDetails } from './queries.ts'

export function AskPublish({ release, isOpen, onClose }: { release: StaffReleaseDetails; isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const publish = api.useMutation('post', '/api/v1/releases/{releaseId}/publish')
  const { id, product, version, artifacts } = release
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      question={t('releases.publish_question', { product: product.name, version })}
      verb={t('releases.publish_verb', { version })}
      busyVerb={t('releases.publishing')}
      isHarmless
      onConfirm={() => publish.mutateAsync({ params: { path: { releaseId: id } } })}
    >
      <div className="say">
        <p>{t('releases.publish_fixed')}</p>
        <ul className="bullets s13">
          <li>{t('releases.publish_fixed_version', { version })}</li>
          {artifacts.map(({ id: artifactId, name, platform, arch, size, sha256 }) => (
            <li key={artifactId}>
              {t('releases.publish_fixed_file', {
                name,
                target: formatTarget({ platform, arch }),
                size: formatBytes(size),
                digest: shortDigest(sha256),
              })}
            </li>
          ))}
        </ul>
        <p>{t('releases.publish_signed')}</p>
        <p>{t('releases.publish_open')}</p>
      </div>
    </Confirm>
  )
}
