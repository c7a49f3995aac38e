// The form of a rollout: product, release, channel in the address; steps and silence below; one question before it starts.
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api, type Schemas } from '#api'
import { paths } from '#paths'
import { Button, ButtonLink, Empty, Select } from '#ui'
import { useTranslation } from '#words'
import { AskStart } from './ask-start.tsx'
import { ChannelIsBusy } from './channel-is-busy.tsx'
import { type PlannedStep, problemOfStep, secondsOf, type Span, spanOf } from './plan.ts'
import { preselect, preselectChannel } from './preselect.ts'
import { countsQuery, defaultsQuery, latestRolloutsQuery, productReleasesQuery, productsQuery } from './queries.ts'
import { SilenceField } from './silence-field.tsx'
import { StepsEditor } from './steps-editor.tsx'

type Product = Schemas['Product']

export function RolloutForm({ product }: { product: Product }) {
  const { t } = useTranslation()
  const { data } = useSuspenseQuery(productReleasesQuery(product.id))
  const releases = data.items.filter(({ state }) => state === 'published')
  if (releases.length === 0)
    return (
      <div className="stack form">
        <ProductField product={product} />
        <Empty action={<ButtonLink to={paths.releases({ product: product.id })}>{t('rollouts.go_to_releases')}</ButtonLink>}>
          {t('rollouts.new_no_release', { product: product.name })}
        </Empty>
      </div>
    )
  return <Form product={product} releases={releases} />
}

function ProductField({ product }: { product: Product }) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const { items } = useSuspenseQuery(productsQuery).data
  if (items.length === 1) return null
  return (
    <Select
      label={t('rollouts.new_product')}
      choices={items.map(({ id, name }) => ({ value: id, label: name }))}
      value={product.id}
      onChange={({ target }) => setSearch({ product: target.value })}
    />
  )
}

interface Wanted {
  product: Product
  releases: { id: string; version: string }[]
}

function Form({ product, releases }: Wanted) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choice = useChoice(product, releases)
  const plan = usePlan()
  const [isAsking, setAsking] = useState(false)
  const start = api.useMutation('post', '/api/v1/rollouts')
  const { release, channel, installations, busy } = choice
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    plan.showProblems()
    if (plan.isRight && release.id !== '') return setAsking(true)
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  async function begin() {
    const { id } = await start.mutateAsync({ body: { releaseId: release.id, channel, ...plan.body() } })
    await navigate(paths.rollout(id))
  }
  return (
    <form ref={form} className="stack form wide" style={{ '--gap': '20px' }} onSubmit={submit} noValidate>
      <ProductField product={product} />
      <ChoiceFields {...choice} product={product} releases={releases} isShowing={plan.isShowing} />
      {busy ? (
        <ChannelIsBusy rollout={busy} />
      ) : (
        <>
          <StepsEditor steps={plan.steps} onChange={plan.setSteps} installations={installations} isShowing={plan.isShowing} />
          <SilenceField span={plan.silence} onChange={plan.setSilence} isShowing={plan.isShowing} />
          <div>
            <Button type="submit" look="primary">
              {t('rollouts.start_verb')}
            </Button>
          </div>
        </>
      )}
      <AskStart
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={begin}
        what={{ product: product.name, version: release.version, channel }}
        steps={plan.steps}
        installations={installations}
      />
    </form>
  )
}

/** What the address names, or what goes well together. */
function useChoice(product: Product, releases: Wanted['releases']) {
  const [search] = useSearchParams()
  const { data: rollouts } = useSuspenseQuery(latestRolloutsQuery(product.id))
  const { data: counts } = useSuspenseQuery(countsQuery({ productId: product.id }))
  const past = rollouts.items
  const asked = releases.find(({ id }) => id === search.get('release'))
  const named = product.channels.find(({ name }) => name === search.get('channel'))
  const channel = (named ?? preselectChannel(product.channels, past, asked?.version))?.name ?? ''
  const release = asked ?? preselect(releases, past, channel) ?? { id: '', version: '' }
  const installations = counts.byVersion.reduce((sum, one) => (one.channel === channel ? sum + one.count : sum), 0)
  const running = counts.byVersion.find((one) => one.channel === channel && one.version === release.version)?.count ?? 0
  const busy = past.find((one) => one.channel === channel && one.endedAt === null)
  return { release, channel, installations, running, busy }
}

function ChoiceFields({
  product,
  releases,
  release,
  channel,
  installations,
  running,
  isShowing,
}: Wanted & Omit<ReturnType<typeof useChoice>, 'busy'> & { isShowing: boolean }) {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const asked = search.get('release')
  const isGone = asked !== null && asked !== release.id
  const isMissing = isShowing && release.id === ''
  const choices = releases.map(({ id, version }) => ({ value: id, label: `${product.name} ${version}` }))
  const choose = (name: 'release' | 'channel', value: string) =>
    setSearch(
      (before) => {
        before.set('product', product.id)
        before.set(name, value)
        return before
      },
      { replace: true, preventScrollReset: true },
    )
  return (
    <>
      <Select
        label={t('rollouts.new_release')}
        hint={t('rollouts.new_release_hint')}
        error={isGone ? t('rollouts.new_release_gone') : isMissing ? t('rollouts.new_release_choose') : undefined}
        choices={release.id === '' ? [{ value: '', label: t('rollouts.new_release_choose') }, ...choices] : choices}
        value={release.id}
        onChange={({ target }) => choose('release', target.value)}
      />
      <Select
        label={t('rollouts.new_channel')}
        hint={`${t('rollouts.new_channel_hint', { count: installations })} ${running > 0 ? t('rollouts.new_running_hint', { count: running, version: release.version }) : ''}`}
        choices={product.channels.map(({ name }) => ({ value: name, label: name }))}
        value={channel}
        onChange={({ target }) => choose('channel', target.value)}
      />
    </>
  )
}

/** Begins with what the server would do by itself. */
function usePlan() {
  const { data: defaults } = useSuspenseQuery(defaultsQuery)
  const [steps, setSteps] = useState<PlannedStep[]>(() =>
    defaults.steps.map(({ percent, bakeSeconds }, key) => ({ key, percent: String(percent), bake: spanOf(bakeSeconds) })),
  )
  const [silence, setSilence] = useState<Span>(() => spanOf(defaults.silentAfterSeconds))
  const [isShowing, setShowing] = useState(false)
  const isRight = steps.every((_, index) => problemOfStep(steps, index) === undefined) && secondsOf(silence, 1) !== undefined
  return {
    steps,
    setSteps,
    silence,
    setSilence,
    isShowing,
    isRight,
    showProblems: () => setShowing(true),
    body: () => ({
      steps: steps.map(({ percent, bake }) => ({
        percent: Number(percent.replace(',', '.')),
        bakeSeconds: secondsOf(bake) ?? 0,
      })),
      silentAfterSeconds: secondsOf(silence, 1) ?? defaults.silentAfterSeconds,
    }),
  }
}
