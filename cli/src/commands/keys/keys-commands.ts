// fairway keys: the keys that sign what installations believe.
import type { Command } from 'commander'
import { addCreateKey } from './create-key.ts'
import { addExportUnsigned } from './export-unsigned.ts'
import { addImportSignature } from './import-signature.ts'
import { addRotateKeys } from './rotate-keys.ts'
import { addShowKeys } from './show-keys.ts'
import { addSignFile } from './sign-file.ts'
import { addSignWaiting } from './sign-waiting.ts'
import { addUndoRotation } from './undo-rotation.ts'

export function addKeysCommands(program: Command) {
  const keys = program.command('keys').description('the keys that sign what installations believe')
  for (const add of [
    addShowKeys,
    addCreateKey,
    addRotateKeys,
    addSignWaiting,
    addExportUnsigned,
    addSignFile,
    addImportSignature,
    addUndoRotation,
  ])
    add(keys)
}
