// Uploads of a draft: what each file is for, how far it is, and what can be done with it.
import { IconPlayerPause, IconPlayerPlay, IconReload, IconUpload, IconX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { archName, Button, formatBytes, formatDuration, IconButton, platformName, Progress } from '#ui'
import { useTranslation } from '#words'
import { timeLeft } from './pace.ts'
import { ARCHITECTURES, PLATFORMS, type Target } from './targets.ts'
import type { UploadRow } from './upload.ts'
import type { Uploads } from './use-uploads.ts'

export function UploadList({ uploads }: { uploads: Uploads }) {
  const { t } = useTranslation()
  const ready = uploads.rows.filter(({ state }) => state === 'ready').length
  if (uploads.rows.length === 0) return null
  return (
    <ul className="ups" aria-label={t('releases.uploads')}>
      {uploads.rows.map((row) => (
        <li key={row.key}>
          <div className="line">
            <span className="mono sp">{row.name}</span>
            <TargetFields row={row} onChange={(target) => uploads.retarget(row.key, target)} />
            <RowActions row={row} uploads={uploads} />
          </div>
          {row.state !== 'ready' && row.state !== 'lost' && (
            <Progress done={row.sent} of={row.size} label={t('releases.upload_meter', { name: row.name })} />
          )}
          <Sentence row={row} />
        </li>
      ))}
      {ready > 0 && (
        <li>
          <div>
            <Button icon={<IconUpload className="i" aria-hidden />} onClick={uploads.startAll}>
              {t('releases.upload_all', { count: ready })}
            </Button>
          </div>
        </li>
      )}
    </ul>
  )
}

function TargetFields({ row: { name, target, state }, onChange }: { row: UploadRow; onChange: (target: Target) => void }) {
  const { t } = useTranslation()
  const isFixed = state === 'checking'
  return (
    <>
      <select
        className="in"
        aria-label={t('releases.upload_platform', { name })}
        disabled={isFixed}
        value={target.platform}
        onChange={(event) => onChange({ ...target, platform: event.target.value })}
      >
        {PLATFORMS.map((platform) => (
          <option key={platform} value={platform}>
            {platformName(platform)}
          </option>
        ))}
      </select>
      <select
        className="in"
        aria-label={t('releases.upload_arch', { name })}
        disabled={isFixed}
        value={target.arch}
        onChange={(event) => onChange({ ...target, arch: event.target.value })}
      >
        {ARCHITECTURES.map((arch) => (
          <option key={arch} value={arch}>
            {archName(arch)}
          </option>
        ))}
      </select>
    </>
  )
}

function RowActions({ row: { key, name, state }, uploads }: { row: UploadRow; uploads: Uploads }) {
  const { t } = useTranslation()
  return (
    <span className="row">
      {state === 'sending' && (
        <IconButton
          look="ghost"
          label={t('releases.upload_pause', { name })}
          icon={<IconPlayerPause className="i" aria-hidden />}
          onClick={() => uploads.pause(key)}
        />
      )}
      {state === 'paused' && (
        <IconButton
          look="ghost"
          label={t('releases.upload_resume', { name })}
          icon={<IconPlayerPlay className="i" aria-hidden />}
          onClick={() => uploads.start(key)}
        />
      )}
      {state === 'failed' && (
        <IconButton
          look="ghost"
          label={t('releases.upload_again', { name })}
          icon={<IconReload className="i" aria-hidden />}
          onClick={() => uploads.start(key)}
        />
      )}
      {state !== 'checking' && (
        <IconButton
          look="ghost"
          label={t('releases.upload_cancel', { name })}
          icon={<IconX className="i" aria-hidden />}
          onClick={() => uploads.cancel(key)}
        />
      )}
    </span>
  )
}

function Sentence({ row }: { row: UploadRow }) {
  const { t } = useTranslation()
  const { state, sent, problem } = row
  const numbers = { sent: formatBytes(sent), size: formatBytes(row.size) }
  if (state === 'failed')
    return (
      <p className="s12 bad fg" role="alert">
        {problem?.status === 0
          ? t('releases.upload_failed_away')
          : t('releases.upload_failed', { detail: problem?.detail ?? '' })}
      </p>
    )
  if (state === 'sending') return <p className="s12 t2 num">{paceWords(t, row).join(' · ')}</p>
  return <p className="s12 t2 num">{t(`releases.upload_${state}`, numbers)}</p>
}

/** Amount, speed, and time left once it is known. */
function paceWords(t: TFunction, { sent, size, pace }: UploadRow) {
  const { speed } = pace
  const left = timeLeft(pace, size - sent)
  return [
    t('releases.upload_progress', { sent: formatBytes(sent), size: formatBytes(size) }),
    ...(speed === undefined ? [] : [t('releases.upload_speed', { speed: formatBytes(speed) })]),
    ...(left === undefined ? [] : [t('releases.upload_left', { left: formatDuration(Math.max(1000, left)) })]),
  ]
}
