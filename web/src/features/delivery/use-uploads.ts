// The uploads of a draft while its page is open: choosing, sending, pausing, and making each an artifact at its end.
import type { Upload } from 'tus-js-client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api, problemOf } from '#api'
import { measure, startPace } from './pace.ts'
import { findLost, forgetUpload, sendFile } from './send-file.ts'
import type { Target } from './targets.ts'
import { type UploadRow, withFiles } from './upload.ts'

export type Uploads = ReturnType<typeof useUploads>

const SHOWN_EVERY_MS = 250

export function useUploads(releaseId: string) {
  const { rows, current, change, put } = useRows(releaseId)
  const running = useRef(new Map<string, Upload>())
  const add = api.useMutation('post', '/api/v1/releases/{releaseId}/artifacts')

  // What runs goes on when the page is opened again.
  useEffect(() => {
    const all = running.current
    return () => {
      for (const upload of all.values()) void upload.abort()
      all.clear()
    }
  }, [])

  async function addArtifact(key: string, uploadId: string) {
    running.current.delete(key)
    change(key, (row) => ({ ...row, state: 'checking', sent: row.size, uploadId }))
    const row = current.current.find((one) => one.key === key)
    if (!row) return
    const { name, target } = row
    try {
      await add.mutateAsync({ params: { path: { releaseId } }, body: { uploadId, name, ...target } })
      put((before) => before.filter((one) => one.key !== key))
    } catch (error) {
      change(key, (before) => ({ ...before, state: 'failed', problem: problemOf(error) }))
    }
  }

  async function start(key: string) {
    const row = current.current.find((one) => one.key === key)
    if (!row?.file || row.state === 'sending' || row.state === 'checking') return
    if (row.uploadId !== undefined) return addArtifact(key, row.uploadId)
    change(key, (before) => ({ ...before, state: 'sending', problem: undefined, pace: startPace(Date.now(), before.sent) }))
    const paused = running.current.get(key)
    if (paused) return paused.start()
    const upload = await sendFile(
      releaseId,
      { ...row, file: row.file },
      {
        onProgress: (sent) => change(key, (before) => progressed(before, sent)),
        onDone: (uploadId) => void addArtifact(key, uploadId),
        onProblem: (problem) => change(key, (before) => ({ ...before, state: 'failed', problem })),
      },
    )
    // Small files are done before this.
    if (current.current.some((one) => one.key === key && one.state === 'sending')) running.current.set(key, upload)
  }

  return {
    rows,
    choose: (files: File[]) => put((before) => withFiles(before, files)),
    retarget: (key: string, target: Target) => change(key, (row) => ({ ...row, target })),
    start: (key: string) => void start(key),
    startAll: () => current.current.filter(({ state }) => state === 'ready').forEach(({ key }) => void start(key)),
    pause(key: string) {
      void running.current.get(key)?.abort()
      change(key, (row) => ({ ...row, state: 'paused' }))
    },
    cancel(key: string) {
      void running.current.get(key)?.abort()
      running.current.delete(key)
      put((before) => before.filter((row) => row.key !== key))
      void forgetUpload(releaseId, key)
    },
  }
}

/** The rows of one release (its page has it as key), and the same as the callbacks of a running upload see them: always the latest. */
function useRows(releaseId: string) {
  const [rows, setRows] = useState<UploadRow[]>([])
  const current = useRef(rows)
  const put = useCallback((next: (before: UploadRow[]) => UploadRow[]) => {
    current.current = next(current.current)
    setRows(current.current)
  }, [])
  const change = (key: string, next: (row: UploadRow) => UploadRow) =>
    put((before) => before.map((row) => (row.key === key ? next(row) : row)))
  useEffect(() => {
    let isHere = true
    void findLost(releaseId).then((lost) => {
      if (isHere) put((before) => [...lost.filter(({ key }) => !before.some((row) => row.key === key)), ...before])
    })
    return () => {
      isHere = false
    }
  }, [releaseId, put])
  return { rows, current, change, put }
}

/** Anew a few times a second: more nobody can read. */
function progressed(row: UploadRow, sent: number): UploadRow {
  const now = Date.now()
  if (row.state !== 'sending' || (now - row.pace.at < SHOWN_EVERY_MS && sent < row.size)) return row
  return { ...row, sent, pace: measure(row.pace, now, sent) }
}
