// Vitest's set-up of the browser tests: unpacks the Chromium that npm brings and sees whether it starts here.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** A program, or why there is none: FAIRWAY_CHROMIUM names another one. */
    chromium: { path: string } | { missing: string }
  }
}

/** The package's own arguments end the second context (research: T13). */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu']

let folder = ''

export async function setup(project: TestProject) {
  // It unpacks to a fixed name below TMPDIR and believes what lies there: so one of our own.
  folder = mkdtempSync(join(tmpdir(), 'fairway-chromium-'))
  const found = await findChromium(folder)
  if ('missing' in found) console.error(`Browser tests are skipped: ${found.missing}`)
  project.provide('chromium', found)
}

export function teardown() {
  rmSync(folder, { recursive: true, force: true })
}

export async function findChromium(folder: string): Promise<{ path: string } | { missing: string }> {
  try {
    const path = process.env['FAIRWAY_CHROMIUM'] ?? (await unpack(folder))
    const browser = await chromium.launch({ executablePath: path, args: CHROMIUM_ARGS })
    await browser.close()
    return { path }
  } catch (error) {
    const [line = ''] = String(error).split('\n')
    return {
      missing: `${line} On Debian \`apt-get install libnss3\` brings what it needs; FAIRWAY_CHROMIUM names another browser.`,
    }
  }
}

async function unpack(folder: string) {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
