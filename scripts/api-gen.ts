// Writes the OpenAPI document and the types of the client anew; `--check` only says whether they are as the routes are.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const GENERATED = join(ROOT, 'client/src/generated')
const node = process.execPath

/** The routes need no database to be described. */
const document = execFileSync(node, [join(ROOT, 'server/src/testing/print-openapi.ts')], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
const folder = mkdtempSync(join(tmpdir(), 'fairway-api-'))
try {
  writeFileSync(join(folder, 'openapi.json'), document)
  const types = execFileSync(
    node,
    [join(ROOT, 'client/node_modules/openapi-typescript/bin/cli.js'), join(folder, 'openapi.json')],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const wanted = { 'openapi.json': document, 'schema.d.ts': types }
  if (process.argv.includes('--check')) {
    const stale = Object.entries(wanted).filter(([name, text]) => readFileSync(join(GENERATED, name), 'utf8') !== text)
    if (stale.length > 0)
      throw new Error(`${stale.map(([name]) => name).join(' and ')} are not as the routes are. Run npm run api:gen.`)
  } else {
    for (const [name, text] of Object.entries(wanted)) writeFileSync(join(GENERATED, name), text)
    console.log('client/src/generated is up to date.')
  }
} finally {
  rmSync(folder, { recursive: true })
}
