// Hands backup and restore to the program of the server that does them: it needs the database, not the API.
import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { EXIT } from '../../exit-codes.ts'
import { Failure } from '../../failure.ts'

const REPOSITORY = join(import.meta.dirname, '../../../..')
const PROGRAM = join(REPOSITORY, 'server/src/backup.ts')

/** Its words go to stderr, so that stdout keeps our one answer. It runs where `npm start` does: FAIRWAY_DATA means the same folder. */
export async function keepData(verb: 'backup' | 'restore', file: string, options: string[] = []) {
  const path = resolve(file)
  const child = spawn(process.execPath, [PROGRAM, verb, path, ...options], {
    cwd: REPOSITORY,
    stdio: ['inherit', process.stderr, 'inherit'],
  })
  const code = await new Promise<number | null>((done, fail) => child.once('error', fail).once('exit', done))
  if (code === 0) return path
  throw new Failure({
    exitCode: EXIT.unexpected,
    code: `${verb}.failed`,
    detail: `The ${verb} did not succeed; what it said stands above.`,
    advice: 'It needs the same FAIRWAY_… environment as the server, and the machine where the data is.',
  })
}
