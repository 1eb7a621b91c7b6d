import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { composeExtending } from './definitions/compose-label-set.js'
import { editLabelSet, type LabelSetEdit } from './definitions/edit-label-set.js'
import { planEdits, type LabelSetChanges } from './definitions/plan-edits.js'
import { folderOf, locate, locateBeside, shippedIds, type Located } from './definitions/locate.js'
import { parseLabelSet, readLabelSetFile } from './definitions/label-set.js'
import { refuseUnknown } from './definitions/shipped.js'
import { scalarOf, setKey, topOf, valueOf } from './definitions/yaml-splice.js'
import { yamlString } from './definitions/yaml-text.js'
import { DefinitionError, quoted } from './errors.js'
import { refuseOverwriting, schemaSeenFrom, writeDefinition } from './write-definition.js'
import type { LabelSet } from './types/definitions.js'

export type EditRequest = {
  readonly idOrFile: string
  readonly changes: LabelSetChanges
  /** Id of a new label set that extends the old one, which then stays as it is. */
  readonly as: string | null
  /** Another file for the result. */
  readonly out: string | null
  readonly mayReplace: boolean
  /** Show and validate, write nothing. */
  readonly isDryRun: boolean
}

export type EditOutcome = {
  readonly file: string
  readonly isWritten: boolean
  /** Text of the file before; null where it is new. */
  readonly before: string | null
  readonly after: string
  readonly was: LabelSet
  readonly labelSet: LabelSet
}

/** Changes a label set file at the places concerned, or writes a new one that extends it, once the result validates. Throws
 *  DefinitionError, and then writes nothing. */
export async function runLabelSetEdit(request: EditRequest): Promise<EditOutcome> {
  const source = locate('label-sets', request.idOrFile, { path: '.', shown: '' })
  if (source === null) return refuseUnknown('label-sets', request.idOrFile, 'command line')
  const was = readLabelSetFile(source)
  const target = targetOf(source, request)
  const isNew = target.file !== source.file
  if (isNew && !request.mayReplace) refuseOverwriting(target.file, target.shown)
  const start = startText(source, target, request)
  const edits = planEdits(request.changes, was)
  if (edits.length === 0 && !isNew) throw nothingToDo()
  const after = edits.reduce((text, edit: LabelSetEdit) => editLabelSet(text, edit, was), start)
  const labelSet = parseLabelSet(after, target)
  const before = isNew ? null : start
  if (!request.isDryRun) await writeDefinition(target.file, after)
  return { file: target.shown, isWritten: !request.isDryRun, before, after, was, labelSet }
}

function targetOf(source: Located, { idOrFile, as, out }: EditRequest): Located {
  if (out !== null) return { file: path.resolve(out), shown: out }
  const isShipped = shippedIds('label-sets').includes(idOrFile)
  if (as !== null) {
    const shown = path.join(isShipped ? '' : folderOf(source).shown, `${as}.yaml`)
    return { file: path.resolve(shown), shown }
  }
  if (!isShipped) return source
  throw new DefinitionError('label-set.shipped', {
    at: 'command line',
    expected: 'a file of your own to change',
    received: `the shipped label set ${quoted(idOrFile)}`,
    hint: `Write one that extends it with --as <new id>, for example --as ${idOrFile}-mine.`,
  })
}

/** The text that edits begin with: the file itself, or a new one that extends it. */
function startText(source: Located, target: Located, { idOrFile, as }: EditRequest): string {
  const folder = path.dirname(target.file)
  if (as !== null) return composeExtending(as, referenceTo(source, folder, idOrFile), schemaSeenFrom(folder))
  const text = readFileSync(source.file, 'utf8')
  if (target.file === source.file) return text
  const name = path.basename(target.file).replace(/\.ya?ml$/i, '')
  const moved = moveReferences(text, source, folder)
  return setKey(moved, topOf(moved), 'id', yamlString(name))
}

/** How a file in this folder names another label set: by its id where it is shipped or lies beside it, else by its path. */
function referenceTo(source: Located, folder: string, idOrFile: string): string {
  if (shippedIds('label-sets').includes(idOrFile)) return idOrFile
  const relative = path.relative(folder, source.file).split(path.sep).join('/')
  return /^[^/]+\.yaml$/.test(relative) ? relative.slice(0, -'.yaml'.length) : relative
}

/** A file that goes to another folder takes along where its base and its schema lie. */
function moveReferences(text: string, source: Located, folder: string): string {
  if (path.dirname(source.file) === folder) return text
  const schema = text.replace(
    /^(# yaml-language-server: \$schema=)(?![a-z]+:)\S+/m,
    (_, start: string) => start + schemaSeenFrom(folder),
  )
  const base = scalarOf(valueOf(topOf(schema), 'extends'))
  const located = base === null ? null : locateBeside('label-sets', base, folderOf(source))
  if (base === null || located === null || !existsSync(located.file)) return schema
  const isShipped = locate('label-sets', base, { path: folder, shown: '' })?.file === located.file
  return isShipped
    ? schema
    : setKey(schema, topOf(schema), 'extends', yamlString(referenceTo(located, folder, located.file)))
}

function nothingToDo(): DefinitionError {
  return new DefinitionError('label-set.no-change', {
    at: 'command line',
    expected:
      'at least one change (--add, --remove, --set-text, --implies, --outcome, --template, --remove-template, --title)',
    received: 'none',
  })
}
