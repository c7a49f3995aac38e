// fairway installation show: one installation and what it reported lately.
import type { Command } from 'commander'
import { ask } from '../../reach/ask.ts'
import { run } from '../../run.ts'
import { facts, instant, table } from '../../terminal/layout.ts'

export function addShowInstallation(parent: Command) {
  parent
    .command('show')
    .argument('<installation>', 'its id')
    .description('one installation, and what it reported lately')
    .action(
      run<[string]>(async ({ client }, { args: [installationId] }) => {
        const one = await ask(client.GET('/api/v1/installations/{installationId}', { params: { path: { installationId } } }))
        const known = facts({
          installation: one.id,
          name: one.name,
          customer: one.organisationId,
          channel: `${one.productId}/${one.channel}`,
          machine: `${one.platform}/${one.arch}`,
          state: one.state,
          version: one.version,
          health: one.healthySince ? `${one.health} since ${instant(one.healthySince)}` : one.health,
          'last seen': instant(one.lastSeenAt),
          copied: one.copied ? 'two machines were seen under this identity: enrol one of them anew' : undefined,
        })
        const rows = one.reports.map((report) => [instant(report.receivedAt), report.kind, report.version, report.reason])
        return {
          value: one,
          text: `${known}\n\n${table(['AT', 'REPORT', 'VERSION', 'REASON'], rows, 'It has reported nothing yet.')}`,
        }
      }),
    )
}
