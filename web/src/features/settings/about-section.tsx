// About this Fairway: its version, its API, where its health is told.
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Card, KeyValues } from '#ui'
import { useTranslation } from '#words'
import { Section } from './section.tsx'

interface OpenApi {
  info: { version: string }
}

/** The server says its version in the document of its API. */
export const aboutQuery = queryOptions({
  queryKey: ['get', '/api/openapi.json'],
  queryFn: async ({ signal }) => {
    const answer = await fetch('/api/openapi.json', { signal })
    if (!answer.ok) throw await answer.json()
    // Ours, and described nowhere but in itself.
    return ((await answer.json()) as OpenApi).info
  },
  staleTime: 300_000,
})

export function AboutSection() {
  const { t } = useTranslation()
  const { version } = useSuspenseQuery(aboutQuery).data
  const link = (href: string, words: string) => (
    <a key={href} className="under" href={href}>
      {words}
    </a>
  )
  return (
    <Section heading={t('settings.abouts.heading', { version })}>
      <Card>
        <KeyValues
          of={[
            [t('settings.abouts.version'), version],
            [t('settings.abouts.address'), location.origin],
            [t('settings.abouts.api'), link('/api/docs', t('settings.abouts.api_docs'))],
            ['OpenAPI', link('/api/openapi.json', t('settings.abouts.api_file'))],
            [t('settings.abouts.health'), link('/health/ready', '/health/ready')],
            [t('settings.abouts.metrics'), t('settings.abouts.metrics_text')],
            [t('settings.abouts.licence'), 'Apache-2.0'],
          ]}
        />
      </Card>
    </Section>
  )
}
