// Where a release runs among the own installations, and to which of them it is coming.
import { type Schemas, usePages } from '#api'
import { type Coming, comingTo } from './coming.ts'
import { type Installation, outlooksOfHeard } from './next-update.ts'
import { installationsQuery, useOutlooks } from './portal-queries.ts'

export type Release = Schemas['Release']

export interface Whereabouts {
  /** Own ones of that product. */
  installations: Installation[]
  coming: Coming[]
}

export function useWhereabouts({ id, productId }: Pick<Release, 'id' | 'productId'>): Whereabouts {
  const { items } = usePages(installationsQuery)
  // All of them, so that each release on the page asks the same question, and it is asked once.
  const outlooks = useOutlooks(items.map((one) => one.id))
  const installations = items.filter((one) => one.productId === productId)
  const coming = comingTo(installations, outlooksOfHeard(installations, outlooks)).filter(({ releaseId }) => releaseId === id)
  return { installations, coming }
}

export function isRunning({ id }: Pick<Release, 'id'>, { releaseId }: Installation) {
  return releaseId === id
}
