#!/usr/bin/env node
// fairway: reads the command line, runs one command, and turns its end into an exit code.
import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import { Failure, wrongUsage } from './failure.ts'
import { createProgram } from './program.ts'
import { explainAsData } from './terminal/explain.ts'
import { createVoice } from './terminal/voice.ts'

// `fairway release list | head -1` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

// Under `npm run fairway` we stand in the repository; files are meant from where the person stands.
if (process.env.npm_lifecycle_event === 'fairway' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)

const args = process.argv.slice(2)
try {
  await createProgram().parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = endOf(error)
}

/** What went wrong before a command could begin. */
function endOf(error: unknown) {
  // Help and version; or commander has said what is wrong.
  const isSaid = error instanceof CommanderError
  if (isSaid && error.exitCode === 0) return EXIT.done
  const voice = createVoice({ json: args.includes('--json'), quiet: false }, process)
  if (!isSaid) voice.fail(error)
  else if (args.includes('--json')) process.stdout.write(`${JSON.stringify(asData(error), null, 2)}\n`)
  if (isSaid) return EXIT.usage
  return error instanceof Failure ? error.exitCode : EXIT.unexpected
}

function asData({ message }: CommanderError) {
  return explainAsData(wrongUsage(message.replace(/^error: /, '')))
}
