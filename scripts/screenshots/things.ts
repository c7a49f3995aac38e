// Which things the pictures show: of each kind the one that shows most.
import type { APIRequestContext } from 'playwright-core'
import type { Things } from '../../e2e/browser/screens.ts'

interface Item {
  id: string
  productId?: string
  version?: string
  releaseId?: string
  state?: string
  status?: string
  steps?: object[]
}

/** What a world lacks is `undefined`, and its screen is left out. */
export async function findThings(request: APIRequestContext): Promise<Things> {
  const listOf = async (path: string) => {
    const response = await request.get(`/api/v1/${path}`)
    const { items = [] } = response.ok() ? ((await response.json()) as { items?: Item[] }) : {}
    return items
  }
  const [installations, inquiries, rollouts, knownErrors, organisations, releases] = await Promise.all(
    ['installations', 'inquiries', 'rollouts', 'known-errors', 'organisations', 'releases'].map(listOf),
  )
  const rollout = mostSteps(rollouts) ?? rollouts?.[0]
  const published = releases?.filter(({ state }) => state === 'published')
  const release = published?.find(({ id }) => id === rollout?.releaseId) ?? published?.[0]
  return {
    installationId: String(installations?.[0]?.id),
    // The one with its proof shows most.
    inquiryId: String((inquiries?.find(({ status }) => status === 'closed_by_itself') ?? inquiries?.[0])?.id),
    rolloutId: String(rollout?.id),
    knownErrorId: String(knownErrors?.[0]?.id),
    organisationId: String(organisations?.[0]?.id),
    productId: String(release?.productId),
    version: String(release?.version),
  }
}

/** The one under way that shows most. */
function mostSteps(rollouts: Item[] | undefined) {
  const running = rollouts?.filter(({ state }) => state === 'running')
  return running?.toSorted((a, b) => (b.steps?.length ?? 0) - (a.steps?.length ?? 0))[0]
}
