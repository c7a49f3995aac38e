// Publishes a release of the demo's product by the command line, as a CI job does it.
import { join } from 'node:path'
import { tell } from './narrate.ts'
import { runProgram } from './processes.ts'
import { buildRelease } from './software.ts'

export const PRODUCT = 'till'

/** One command; `steps` as the CLI takes them, `25:2s,100:2s`. */
export async function publish(
  { folder, server, token }: { folder: string; server: string; token: string },
  release: { version: string; isBroken: boolean; steps: string; fixes?: string },
) {
  const file = await buildRelease(folder, release)
  const args = [
    'release',
    'publish',
    '--product',
    PRODUCT,
    '--version',
    release.version,
    '--file',
    `any/any=${file}`,
    '--rollout',
    'stable',
    '--steps',
    release.steps,
  ]
  args.push('--silent-after', '60s', ...(release.fixes ? ['--fixes', release.fixes] : []))
  await runProgram({
    script: 'cli/src/main.ts',
    args,
    env: { FAIRWAY_SERVER: server, FAIRWAY_TOKEN: token, XDG_CONFIG_HOME: folder },
    log: join(folder, 'cli.log'),
  })
  tell(`fairway release publish --version ${release.version} … --rollout stable --steps ${release.steps}`)
}
