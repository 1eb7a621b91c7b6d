import { basename } from 'node:path'
import { validateFile, type ValidFile } from '../audit/definitions/validate-file.js'
import { DefinitionError, escaped, ProbityError, type Fault } from '../audit/errors.js'
import { counted } from './shown.js'

/** What became of one file: it is well-formed, none of Probity's, or refused. */
export type CheckedFile = { readonly file: string; readonly valid: boolean; readonly faults: readonly Fault[] } & (
  (ValidFile & { readonly absent?: number }) | { readonly skipped: true } | { readonly message: string }
)

export type CheckRules = {
  /** What a plan names need not be on this machine. */
  readonly withoutData: boolean
  /** A file with none of Probity's keys is left out. */
  readonly skipOthers: boolean
}

/** Checks a file as {@link validateFile} does, by the rules of whoever has only the definitions: an editor, a commit, a reviewer.
 *  Only errors that the user can mend are caught. */
export function checkFile(file: string, rules: CheckRules): CheckedFile {
  try {
    return { file, valid: true, ...validateFile(file), faults: [] }
  } catch (error) {
    if (!(error instanceof ProbityError)) throw error
    if (rules.skipOthers && error.code === 'definition.unknown-kind') {
      return { file, valid: true, skipped: true, faults: [] }
    }
    const { faults } = error
    const present = rules.withoutData ? faults.filter(({ absent }) => absent !== true) : faults
    if (present.length > 0) {
      return { file, valid: false, faults: present, message: new DefinitionError(error.code, present).message }
    }
    // only plans name data
    return { file, valid: true, kind: 'plan', id: planId(file), absent: faults.length, faults: [] }
  }
}

/** One line for a file that can be used, one for each fault of another. */
export function describeCheck(result: CheckedFile): string {
  if ('message' in result) return result.message
  if ('skipped' in result) return `skip   ${escaped(result.file)} (none of Probity's keys)`
  const { file, kind, id, absent } = result
  const unseen = absent === undefined ? '' : `, ${counted(absent, 'path')} not looked for`
  return `ok     ${escaped(file)} (${kind} ${id}${unseen})`
}

function planId(file: string): string {
  return basename(file).replace(/\.ya?ml$/i, '')
}
