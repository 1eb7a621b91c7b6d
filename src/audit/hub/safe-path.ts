import { quoted } from '../errors.js'
import type { HubFile } from '../types/pull.js'
import { hubError } from './hub.js'
import type { Hub } from './hub.js'
import { RECORD_FILE } from './pull-folder.js'

const LONGEST_NAME = 255 // bytes, on every common file system
const LONGEST_PATH = 1_000
// eslint-disable-next-line no-control-regex -- control characters are what must not become a file name
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\]/ // the printable ones are Windows' own
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Whether a path from a hub names a file below the folder on every system: no `..`, nothing absolute, no backslash, no control
 *  character, and no name that Windows takes for a device or changes silently. */
export function isSafePath(path: string): boolean {
  return path.length <= LONGEST_PATH && path.split('/').every(isSafeName)
}

function isSafeName(name: string): boolean {
  if (name === '' || name === '.' || name === '..') return false
  if (/[. ]$/.test(name)) return false // Windows drops them, so two names would be one
  return !FORBIDDEN.test(name) && !WINDOWS_DEVICE.test(name) && Buffer.byteLength(name) <= LONGEST_NAME
}

/** Two paths that one folder cannot hold side by side where case does not count, or null. */
export function collision(paths: readonly string[]): readonly [string, string] | null {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const folded = path.normalize('NFC').toLowerCase()
    const before = seen.get(folded)
    if (before !== undefined) return [before, path]
    seen.set(folded, path)
  }
  return null
}

/** Refuses a pull whose files would not all lie below the folder, each under a name of its own. Throws ModelError or DatasetError (`hub.path`). */
export function refuseUnsafePaths(hub: Hub, page: string, files: readonly HubFile[]): void {
  const paths = files.map(({ path }) => path)
  const unsafe = paths.find((path) => !isSafePath(path))
  const twice = collision([RECORD_FILE, ...paths])
  if (unsafe === undefined && twice === null) return
  throw hubError(hub, 'hub.path', {
    at: page,
    expected: 'names that stay in the folder, each once, on every system',
    received: unsafe === undefined ? (twice ?? []).map(quoted).join(' and ') : quoted(unsafe),
    hint: 'Do not pull this repository unless you know why its files are called so.',
  })
}
