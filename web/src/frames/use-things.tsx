// Things by name or id: asked of the lists that search, and looked for in the newest hundred of those that do not.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconBug, IconBuilding, IconMessageCircle, IconRoute, IconServer, IconTag } from '@tabler/icons-react'
import { api, everyCustomerQuery } from '#api'
import { paths } from '#paths'
import { useTranslation } from '#words'
import { best } from './palette-match.ts'
import type { PaletteRow } from './palette-rows.ts'

const LIMIT = 5
/** One letter finds everything, which is nothing. */
const MIN_LETTERS = 2
const calm = { placeholderData: keepPreviousData, staleTime: 60_000 }

interface Wish {
  /** Already calmed: not of each key press. */
  typed: string
  face: 'console' | 'portal'
}

export function useThings(wish: Wish): PaletteRow[] {
  const isOn = wish.typed.length >= MIN_LETTERS
  const rows = [
    useInstallations(wish),
    useInquiries(wish),
    useReleases(wish),
    useRollouts(wish),
    useKnownErrors(wish),
    useCustomers(wish),
  ]
  return isOn ? rows.flat() : []
}

function useInstallations({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const query = { q: typed, limit: LIMIT }
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/installations', { params: { query } }, { ...calm, enabled: typed.length >= MIN_LETTERS }),
  )
  return (data?.items ?? []).map((one) => ({
    id: one.id,
    kind: t('palette.kind_installation'),
    icon: <IconServer className="i" aria-hidden />,
    words: one.name,
    detail: ['organisation' in one ? one.organisation.name : undefined, one.version ?? undefined].filter(Boolean).join(' · '),
    to: face === 'console' ? paths.fleetInstallation(one.id) : paths.installation(one.id),
  }))
}

function useInquiries({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const query = { q: typed, limit: LIMIT }
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/inquiries', { params: { query } }, { ...calm, enabled: typed.length >= MIN_LETTERS }),
  )
  return (data?.items ?? []).map(({ id, title, closedAt }) => ({
    id,
    kind: t('palette.kind_inquiry'),
    icon: <IconMessageCircle className="i" aria-hidden />,
    words: title,
    detail: id,
    to: face === 'console' ? paths.inbox(closedAt === null ? 'open' : 'closed', id) : paths.inquiry(id),
  }))
}

function useReleases({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const { data } = useQuery(api.queryOptions('get', '/api/v1/releases', { params: { query: { limit: 100 } } }, calm))
  const found = best(data?.items ?? [], {
    typed,
    textsOf: ({ product, version }) => [`${product.name} ${version}`, version],
    limit: LIMIT,
  })
  return found.map(({ id, productId, product, version }) => ({
    id,
    kind: t('palette.kind_release'),
    icon: <IconTag className="i" aria-hidden />,
    words: `${product.name} ${version}`,
    to: face === 'console' ? paths.release(productId, version) : paths.news(productId, version),
  }))
}

function useRollouts({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const { data } = useQuery(
    api.queryOptions('get', '/api/v1/rollouts', { params: { query: { limit: 100 } } }, { ...calm, enabled: face === 'console' }),
  )
  const found = best(data?.items ?? [], {
    typed,
    textsOf: ({ id, product, version, channel }) => [`${product.name} ${version}`, version, channel, id],
    limit: LIMIT,
  })
  return found.map(({ id, product, version, channel }) => ({
    id,
    kind: t('palette.kind_rollout'),
    icon: <IconRoute className="i" aria-hidden />,
    words: t('palette.rollout', { product: product.name, version, channel }),
    to: paths.rollout(id),
  }))
}

function useKnownErrors({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const { data } = useQuery(
    api.queryOptions(
      'get',
      '/api/v1/known-errors',
      { params: { query: { limit: 100 } } },
      { ...calm, enabled: face === 'console' },
    ),
  )
  const found = best<{ id: string; title: string }>(data?.items ?? [], {
    typed,
    textsOf: ({ id, title }) => [title, id],
    limit: LIMIT,
  })
  return found.map(({ id, title }) => ({
    id,
    kind: t('palette.kind_known_error'),
    icon: <IconBug className="i" aria-hidden />,
    words: title,
    detail: id,
    to: paths.knownError(id),
  }))
}

function useCustomers({ typed, face }: Wish): PaletteRow[] {
  const { t } = useTranslation()
  const { data } = useQuery({ ...everyCustomerQuery, ...calm, enabled: face === 'console' })
  const found = best(data ?? [], { typed, textsOf: ({ id, name }) => [name, id], limit: LIMIT })
  return found.map(({ id, name }) => ({
    id,
    kind: t('palette.kind_customer'),
    icon: <IconBuilding className="i" aria-hidden />,
    words: name,
    to: paths.customer(id),
  }))
}
