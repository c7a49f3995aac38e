// What is done for artifacts without anybody asking: abandoned uploads and contents that nothing refers to go.
import { type Worker, worker } from '#platform/jobs'
import { counter } from '#platform/metrics'
import type { DeliveryDeps } from '../deps.ts'
import { sweepContents } from './sweep-contents.ts'
import type { Uploads } from './uploads.ts'

declare module '#platform/jobs' {
  interface Queues {
    'forget-uploads': object
    'sweep-contents': object
  }
}

const retry = { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 }

export function artifactWorkers(deps: DeliveryDeps, uploads: Uploads): Worker[] {
  const contents = counter(deps.metrics, 'contents_removed', 'Contents that were removed because nothing referred to them.')
  const bytes = counter(
    deps.metrics,
    'contents_removed_bytes',
    'Bytes of contents that were removed because nothing referred to them.',
  )
  const onRemoved = (size: number) => {
    contents.inc()
    bytes.inc(size)
  }

  return [
    worker({ queue: 'forget-uploads', retry, schedule: '41 * * * *', handle: uploads.forgetAbandoned }),
    worker({
      queue: 'sweep-contents',
      retry,
      schedule: '23 3 * * *',
      async handle() {
        await sweepContents({ ...deps, onRemoved })
      },
    }),
  ]
}
