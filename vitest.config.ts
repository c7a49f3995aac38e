// Which tests there are: units beside the code, stories on a real PostgreSQL, and what needs processes and machines of its own.
import { defineConfig } from 'vitest/config'

/** They start programs and kill them; too slow for every save. */
const MACHINE = [
  'server/src/platform/postgres/**/*.test.ts',
  'scripts/**/*.test.ts',
  'agent/src/{crash,patches,stories,server,trust/attacks}.test.ts',
]

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{trust,agent,cli,client,web}/**/*.test.ts', 'server/src/**/*.test.ts'],
          exclude: ['**/*.story.test.ts', '**/node_modules/**', ...MACHINE],
        },
      },
      {
        test: {
          name: 'stories',
          include: ['server/src/**/*.story.test.ts', 'e2e/**/*.story.test.ts'],
          globalSetup: ['server/src/testing/template-database.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Two cores, and each story file has a server of its own.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'machine',
          include: MACHINE,
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['e2e/**/*.browser.test.ts'],
          globalSetup: ['e2e/browser/chromium.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file has a server, agents and a browser of its own.
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'crash',
          include: ['e2e/**/*.crash.test.ts'],
          globalSetup: ['e2e/crash/count-kills.ts'],
          testTimeout: 300_000,
          maxWorkers: 1,
          // After all others, alone: it measures recovery, and kills what is slow to answer.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
