import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { parse, resolve, sep } from 'node:path'

/** A path with the home folder shortened to `~`. */
export function shownFolder(path: string): string {
  const home = homes().find((each) => path === each || path.startsWith(each + sep))
  return home === undefined ? path : `~${path.slice(home.length)}`
}

/** A text for a log or a record, with the home folder shortened wherever a path begins with it: messages are pasted into issues and kept by CI. */
export function shortenHomes(text: string): string {
  return homes().reduce((shorter, home) => shorter.replace(startOfPath(home), '~'), text)
}

/** The home folder as it is named and as it really lies: `process.cwd()` gives the second where the first is a link. None where it is the root
 *  or not set, as in some containers: every path lies below that. */
function homes(): string[] {
  const named = homedir()
  if (named === '') return []
  const home = resolve(named) // HOME may end in a slash
  return [...new Set([home, realPath(home)])].filter((each) => each !== parse(each).root)
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder // a home that is not there is shortened by its name
  }
}

/** Where a path begins with this folder: not in the middle of a longer path, and not in a longer name. */
function startOfPath(folder: string): RegExp {
  const literal = folder.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_.~-])(?<!(?<!file:/)/)${literal}(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`, 'gu')
}
