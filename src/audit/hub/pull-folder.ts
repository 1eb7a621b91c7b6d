import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { DefinitionError } from '../errors.js'
import type { HubFile, PulledFile } from '../types/pull.js'
import { checkContent } from './file-checksum.js'

export const RECORD_FILE = 'probity-pull.json'

export type FolderState =
  | { readonly kind: 'absent' | 'empty' }
  /** The text of its probity-pull.json. */
  | { readonly kind: 'pulled'; readonly record: string }

/** What a folder holds before a pull. One with files of somebody else is refused (DefinitionError, `hub.folder`): nothing is written over. */
export async function lookAtFolder(folder: string): Promise<FolderState> {
  const found = await stat(folder).catch(() => null)
  if (found === null) return { kind: 'absent' }
  const names = found.isDirectory() ? await readdir(folder) : null
  if (names?.length === 0) return { kind: 'empty' }
  if (names?.includes(RECORD_FILE) === true && (await lstat(join(folder, RECORD_FILE))).isFile()) {
    return { kind: 'pulled', record: await readFile(join(folder, RECORD_FILE), 'utf8') }
  }
  throw new DefinitionError('hub.folder', {
    at: folder,
    expected: 'a folder that is new, empty, or was pulled before',
    received: names === null ? 'a file' : 'a folder with other files',
    hint: 'Name another with --to.',
  })
}

export type Held = { readonly here: PulledFile[]; readonly changed: string[] }

/** Which of the files the folder holds with the right content, read and checked one by one, and which with another. */
export async function checkHeld(folder: string, files: readonly HubFile[]): Promise<Held> {
  const held: Held = { here: [], changed: [] }
  for (const file of files) {
    await refuseLinks(folder, file.path)
    const at = join(folder, file.path)
    const found = await lstat(at).catch(() => null)
    if (found === null) continue
    const checked = found.isFile() && found.size === file.bytes ? await checkContent(at, file) : null
    if (checked?.isRight === true) held.here.push([file.path, checked.sha256, checked.bytes])
    else held.changed.push(file.path)
  }
  return held
}

/** No part of a path below the folder may be a link: what is written or checked would lie elsewhere. */
export async function refuseLinks(folder: string, path: string): Promise<void> {
  const parts = path.split('/')
  for (let depth = 1; depth <= parts.length; depth++) {
    const at = join(folder, ...parts.slice(0, depth))
    const found = await lstat(at).catch(() => null)
    if (found?.isSymbolicLink() !== true) continue
    throw new DefinitionError('hub.link', {
      at,
      expected: 'a file or folder',
      received: 'a link',
      hint: 'A pull follows no links: remove it, or name another folder with --to.',
    })
  }
}

/** The folder with the links above it followed, whether or not it is there yet. */
export async function realFolder(folder: string): Promise<string> {
  const path = resolve(folder)
  const real = await realpath(path).catch(() => null)
  if (real !== null || dirname(path) === path) return real ?? path
  return join(await realFolder(dirname(path)), path.slice(dirname(path).length).replace(/^[/\\]/, ''))
}
