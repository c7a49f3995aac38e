// fairway keys show: who signs what for a product, until when it is valid, and what waits for whom.
import type { Schemas } from '@fairway/client'
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { instant, section, table } from '../../terminal/layout.ts'

type RoleKeys = Schemas['RoleKeys']

export function addShowKeys(parent: Command) {
  parent
    .command('show')
    .argument('<product>')
    .description('its keys, until when their documents are valid, and what waits for signatures')
    .action(
      run<[string]>(async ({ client }, { args: [productId] }) => {
        const params = { path: { productId } }
        const { fingerprint } = await ask(client.GET('/api/v1/products/{productId}', { params }))
        const { roles } = await ask(client.GET('/api/v1/products/{productId}/keys', { params }))
        return { value: { productId, fingerprint, roles }, text: textOf(fingerprint, roles) }
      }),
    )
}

function textOf(fingerprint: string, roles: RoleKeys[]) {
  const documents = roles.map(({ role, threshold, keys, document }) => [
    role,
    `${threshold} of ${keys.filter(({ state }) => state !== 'coming').length}`,
    document?.version,
    document ? instant(document.expiresAt) : '-',
  ])
  const keys = roles.flatMap(({ role, keys: own }) =>
    own.map(({ keyid, kept, state, since }) => [role, keyid, kept, state.replace('_', ' '), instant(since)]),
  )
  return [
    `Installations pin ${fingerprint}.\n`,
    table(['ROLE', 'MUST SIGN', 'VERSION', 'VALID UNTIL'], documents, 'There are no keys yet.'),
    '',
    table(['ROLE', 'KEY', 'KEPT', 'STATE', 'SINCE'], keys, ''),
    ...roles.flatMap(waitingOf),
  ].join('\n')
}

function waitingOf({ role, waiting }: RoleKeys) {
  if (!waiting) return []
  const { version, missing, needed, changes } = waiting
  const who =
    missing > 0 ? `${missing} of these must sign: ${needed.join(', ')}` : 'It has its signatures, and waits for another document.'
  return [section(`${role} ${version} waits`, [...changes, who].join('\n')).trimStart()].map((text) => `\n${text}`)
}
