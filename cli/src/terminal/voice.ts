// What the program says, and where: the answer goes to stdout, everything else to stderr.
import { explain, explainAsData } from './explain.ts'
import { plainText } from './plain-text.ts'
import { NO_PROGRESS, type Progress, showProgress, type Task } from './progress.ts'

/** What a command found or did. */
export interface Answer {
  /** For programs: the document that `--json` prints. */
  value: unknown
  /** For people. */
  text: string
  /** Other than 0, where the answer is no good news. */
  exitCode?: number
}

export interface Voice {
  /** False under --quiet: then nothing may be shown meanwhile. */
  isTalkative: boolean
  isTerminal: boolean
  /** A remark on the way. */
  note(line: string): void
  progress(task: Task): Progress
  answer(answer: Answer): void
  fail(error: unknown): void
}

interface Manner {
  json: boolean
  quiet: boolean
}

export function createVoice({ json, quiet }: Manner, { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>): Voice {
  return {
    isTalkative: !quiet,
    isTerminal: stderr.isTTY,
    note: (line) => void (quiet || stderr.write(`${plainText(line)}\n`)),
    progress: (task) => (quiet ? NO_PROGRESS : showProgress(task, stderr)),
    answer: ({ value, text }) => void stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : `${plainText(text)}\n`),
    fail(error) {
      stderr.write(`${plainText(explain(error))}\n`)
      if (json) stdout.write(`${JSON.stringify(explainAsData(error), null, 2)}\n`)
    },
  }
}
