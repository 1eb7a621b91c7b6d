import { lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DefinitionError } from '../errors.js'
import { refuseLinks } from './pull-folder.js'

/** Says that the folder was made by a pull: without it, nothing in there is ours to remove. */
export const MARK_FILE = 'probity-pull-part'

export type Staging = { readonly staging: string; readonly whole: string; readonly parts: string }

/** Where a pull into a folder keeps what is not finished: `<folder>.part`, beside it. */
export function stagingOf(folder: string): string {
  return `${folder}.part`
}

/** Makes the folder for what is not finished, or takes up the one of an earlier pull. Throws DefinitionError when what lies there is a link
 *  (`hub.link`) or was made by somebody else (`hub.folder`). */
export async function openStaging(folder: string): Promise<Staging> {
  const staging = stagingOf(folder)
  const [whole, parts] = [join(staging, 'files'), join(staging, 'parts')]
  for (const path of [whole, parts, join(staging, MARK_FILE)])
    await refuseLinks(dirname(staging), `${basename(staging)}/${basename(path)}`)
  await refuseForeign(staging)
  await mkdir(staging, { recursive: true, mode: 0o700 })
  await writeFile(join(staging, MARK_FILE), 'An unfinished pull of probity. It is removed when the pull is done.\n', { mode: 0o600 }) // prettier-ignore
  for (const path of [whole, parts]) await mkdir(path, { recursive: true, mode: 0o700 })
  return { staging, whole, parts }
}

/** An empty folder is as good as none. */
async function refuseForeign(staging: string): Promise<void> {
  const found = await lstat(staging).catch(() => null)
  if (found === null) return
  const names = found.isDirectory() ? await readdir(staging) : null
  if (names?.length === 0 || names?.includes(MARK_FILE) === true) return
  throw new DefinitionError('hub.folder', {
    at: staging,
    expected: 'nothing, or what an unfinished pull left',
    received: names === null ? 'a file' : 'a folder with other files',
    hint: 'Rename it, or name another folder with --to.',
  })
}
