// Runs one command: signs in, does it, says what came of it, and sets the exit code.
import type { Client } from '@fairway/client'
import type { Command } from 'commander'
import { EXIT } from './exit-codes.ts'
import { Failure } from './failure.ts'
import { connect } from './reach/connect.ts'
import { findSignIn } from './reach/find-sign-in.ts'
import type { SignIn } from './reach/settings-file.ts'
import { type Answer, createVoice, type Voice } from './terminal/voice.ts'

export interface Session {
  client: Client
  voice: Voice
  signIn: SignIn
}

interface Input<Args, Options> {
  args: Args
  options: Options
}

export type Handler<Context, Args, Options> = (context: Context, input: Input<Args, Options>) => Promise<Answer>

/** A command that asks the server. */
export function run<Args extends readonly (string | undefined)[] = [], Options = object>(
  handler: Handler<Session, Args, Options>,
) {
  return runHere<Args, Options>(async ({ voice }, input) => {
    const signIn = await findSignIn(process.env, voice.note)
    return handler({ client: connect(signIn), voice, signIn }, input)
  })
}

/** A command that needs nobody to be signed in. */
export function runHere<Args extends readonly (string | undefined)[] = [], Options = object>(
  handler: Handler<{ voice: Voice }, Args, Options>,
) {
  return async (...given: unknown[]) => {
    const command = given.at(-1) as Command // commander's promise
    const options = command.optsWithGlobals<Options & { json?: boolean; quiet?: boolean }>()
    const voice = createVoice({ json: options.json ?? false, quiet: options.quiet ?? false }, process)
    try {
      // Commander has checked how many there are.
      const answer = await handler({ voice }, { args: command.args as unknown as Args, options })
      voice.answer(answer)
      process.exitCode = answer.exitCode ?? EXIT.done
    } catch (error) {
      voice.fail(error)
      process.exitCode = error instanceof Failure ? error.exitCode : EXIT.unexpected
    }
  }
}
