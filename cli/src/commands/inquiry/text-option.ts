// Where the text of a message comes from: an option, a file, or stdin.
import { readFile } from 'node:fs/promises'
import { text as textOfStream } from 'node:stream/consumers'
import type { Command } from 'commander'
import { wrongUsage } from '../../failure.ts'

interface Options {
  text?: string
  textFile?: string
}

export function withText(command: Command) {
  return command.option('--text <text>', 'what to say').option('--text-file <path>', 'the same from a file; - for stdin')
}

export async function readText({ text, textFile }: Options) {
  if (text !== undefined && textFile !== undefined) throw wrongUsage('Give --text or --text-file, not both.')
  const given = text ?? (textFile === undefined ? undefined : await readFrom(textFile))
  if (given === undefined || given.trim() === '') throw wrongUsage('There is no text.', 'Give --text or --text-file.')
  return given
}

function readFrom(file: string) {
  if (file === '-') return textOfStream(process.stdin)
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(`We cannot read ${file}: ${error.code ?? error.message}.`)
  })
}
