import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The kinds of definition that come with the package, by the name of their folder. */
export type ShippedKind = 'label-sets' | 'probes' | 'policies' | 'templates' | 'grids'

/** A folder that paths are relative to: where it is, and how the user wrote it (empty for the working folder). */
export type Folder = { readonly path: string; readonly shown: string }

/** A file to read, and its name in messages. With `text` there is no such file: a program holds what would stand in it. */
export type Located = { readonly file: string; readonly shown: string; readonly text?: string }

/** The root of this package: three folders above this file, both in src and in dist. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Ids of the shipped definitions of a kind, in alphabetical order. */
export function shippedIds(kind: ShippedKind): readonly string[] {
  const names = readdirSync(path.join(PACKAGE_ROOT, kind)).filter((name) => name.endsWith('.yaml'))
  return names.map((name) => name.slice(0, -'.yaml'.length)).sort()
}

/** The file of a shipped definition, shown as `label-sets/clip-paper.yaml`. */
export function shippedFile(kind: ShippedKind, id: string): Located {
  const shown = `${kind}/${id}.yaml`
  return { file: path.join(PACKAGE_ROOT, shown), shown }
}

/** The file that an id or a path means: a path is relative to the folder, an id is that of a shipped definition.
 *  Null when the id is unknown. The file of a path may be missing; reading it says so. */
export function locate(kind: ShippedKind, idOrPath: string, folder: Folder): Located | null {
  if (isPath(idOrPath)) return within(folder, idOrPath)
  return shippedIds(kind).includes(idOrPath) ? shippedFile(kind, idOrPath) : null
}

/** As {@link locate}, but an id first means the file `<id>.yaml` in the folder: so definitions in one folder refer to each other. */
export function locateBeside(kind: ShippedKind, idOrPath: string, folder: Folder): Located | null {
  const beside = within(folder, `${idOrPath}.yaml`)
  if (!isPath(idOrPath) && !idOrPath.includes('\0') && existsSync(beside.file)) return beside
  return locate(kind, idOrPath, folder)
}

/** A path as the user wrote it in a file of this folder. */
export function within(folder: Folder, written: string): Located {
  const shown = path.isAbsolute(written) ? written : path.join(folder.shown, written)
  return { file: path.resolve(folder.path, written), shown }
}

/** The folder that a file lies in. */
export function folderOf({ file, shown }: Located): Folder {
  return { path: path.dirname(file), shown: shown.includes('/') || shown.includes('\\') ? path.dirname(shown) : '' }
}

/** Whether a user names a definition by the path of its file rather than by its id. */
function isPath(idOrPath: string): boolean {
  return /[/\\]/.test(idOrPath) || /\.ya?ml$/i.test(idOrPath)
}
