// The files of a release: a table; of a draft also the place where they are uploaded and removed.
import { IconDownload, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '#api'
import { Card, type Column, Confirm, CopyButton, formatBytes, formatTarget, IconButton, shortDigest, Table } from '#ui'
import { useTranslation } from '#words'
import { DropZone } from './drop-zone.tsx'
import type { StaffReleaseDetails } from './queries.ts'
import { UploadList } from './upload-list.tsx'
import type { Uploads } from './use-uploads.ts'

type Artifact = StaffReleaseDetails['artifacts'][number]

interface ArtifactsProps {
  release: StaffReleaseDetails
  uploads: Uploads
  mayChange: boolean
}

export function Artifacts({ release, uploads, mayChange }: ArtifactsProps) {
  const { t } = useTranslation()
  const [removed, setRemoved] = useState<Artifact>()
  const { artifacts, state } = release
  const isOpen = state === 'draft' && mayChange
  const size = formatBytes(artifacts.reduce((sum, one) => sum + one.size, 0))
  return (
    <Card
      title={t('releases.artifacts')}
      count={artifacts.length > 0 && t('releases.artifacts_sum', { count: artifacts.length, size })}
      isFlush
      className="o2"
    >
      {isOpen && <UploadList uploads={uploads} />}
      {artifacts.length > 0 && <ArtifactTable artifacts={artifacts} onRemove={isOpen ? setRemoved : undefined} />}
      {artifacts.length === 0 && !isOpen && <p className="bd t2 s13">{t('releases.artifacts_empty')}</p>}
      {isOpen && (
        <div className="bd">
          <DropZone onFiles={uploads.choose} />
        </div>
      )}
      <AskRemove release={release} artifact={removed} onClose={() => setRemoved(undefined)} />
    </Card>
  )
}

function ArtifactTable({ artifacts, onRemove }: { artifacts: Artifact[]; onRemove: ((artifact: Artifact) => void) | undefined }) {
  const { t } = useTranslation()
  const columns: Column<Artifact>[] = [
    {
      key: 'platform',
      head: t('releases.column_platform'),
      cell: (artifact) => (
        <>
          <span className="nw">{formatTarget(artifact)}</span>
          <span className="sub">
            {artifact.name} · <span className="nw">{formatBytes(artifact.size)}</span>
          </span>
        </>
      ),
    },
    { key: 'file', head: t('releases.column_file'), cell: ({ name }) => <span className="mono filecell">{name}</span>, rank: 2 },
    {
      key: 'size',
      head: t('releases.column_size'),
      cell: ({ size }) => <span className="nw">{formatBytes(size)}</span>,
      isRight: true,
      rank: 2,
    },
    { key: 'sha', head: t('releases.column_sha'), cell: (artifact) => <Digest artifact={artifact} />, rank: 3 },
    {
      key: 'actions',
      head: <span className="sr">{t('releases.column_file')}</span>,
      cell: (artifact) => <Actions artifact={artifact} onRemove={onRemove} />,
      isRight: true,
    },
  ]
  return <Table label={t('releases.artifacts')} columns={columns} rows={artifacts} keyOf={({ id }) => id} />
}

function Digest({ artifact: { sha256, name } }: { artifact: Artifact }) {
  const { t } = useTranslation()
  return (
    <span className="row mono" style={{ gap: 4 }}>
      <span title={sha256}>{shortDigest(sha256)}</span>
      <CopyButton text={sha256} label={t('releases.copy_digest', { name })} />
    </span>
  )
}

function Actions({ artifact, onRemove }: { artifact: Artifact; onRemove: ((artifact: Artifact) => void) | undefined }) {
  const { t } = useTranslation()
  const { id, name } = artifact
  return (
    <span className="row ends">
      <a
        className="btn gho sm ico"
        href={`/api/v1/artifacts/${id}/file`}
        download={name}
        aria-label={t('releases.download', { name })}
        title={t('releases.download', { name })}
      >
        <IconDownload className="i" aria-hidden />
      </a>
      {onRemove && (
        <IconButton
          look="ghost"
          size="small"
          label={t('releases.remove', { name })}
          icon={<IconX className="i" aria-hidden />}
          onClick={() => onRemove(artifact)}
        />
      )}
    </span>
  )
}

function AskRemove({
  release,
  artifact,
  onClose,
}: {
  release: StaffReleaseDetails
  artifact: Artifact | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  const remove = api.useMutation('delete', '/api/v1/releases/{releaseId}/artifacts/{artifactId}')
  if (!artifact) return null
  const { id, name } = artifact
  return (
    <Confirm
      isOpen
      onClose={onClose}
      question={t('releases.remove_question', { name, version: release.version })}
      verb={t('releases.remove_verb')}
      busyVerb={t('releases.removing')}
      keep={t('releases.keep')}
      onConfirm={() => remove.mutateAsync({ params: { path: { releaseId: release.id, artifactId: id } } })}
    >
      {t('releases.remove_text', { target: formatTarget(artifact) })}
    </Confirm>
  )
}
