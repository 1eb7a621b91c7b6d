import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { PACKAGE_ROOT } from './definitions/locate.js'
import { DefinitionError } from './errors.js'

const NEW_FILE_MODE = 0o644 // a definition is made to be read and shared, unlike results

/** Writes a definition whole or not at all, with the mode that the file had; a symbolic link stays one. Rejects with the system's error. */
export async function writeDefinition(file: string, text: string): Promise<void> {
  const target = existsSync(file) ? realpathSync(file) : file
  const mode = statSync(target, { throwIfNoEntry: false })?.mode ?? NEW_FILE_MODE
  await writeFileWhole(target, text)
  chmodSync(target, mode & 0o777)
}

/** Throws DefinitionError where a new file would take the place of another one. */
export function refuseOverwriting(file: string, shown: string): void {
  if (!existsSync(file)) return
  const hint = 'Name another path with --out, or replace it with --force.'
  throw new DefinitionError('file.exists', { at: shown, expected: 'a path where nothing is', received: 'a file', hint })
}

/** The path of the JSON Schema of a kind of definition as a file in this folder names it. */
export function schemaSeenFrom(folder: string, kind: 'label-set' | 'probe' | 'signoff' = 'label-set'): string {
  const schema = path.join(PACKAGE_ROOT, 'schemas', `${kind}.schema.json`)
  return path.relative(folder, schema).split(path.sep).join('/')
}
