import type { FileState } from '../types/files.js'

/** Whether nothing says that a file was changed or replaced between two looks at it. The change time does not count: a backup that makes
 *  a hard link moves it, and leaves the content. */
export function isSameState(left: FileState, right: FileState): boolean {
  return left.size === right.size && left.mtimeNs === right.mtimeNs && left.ino === right.ino
}
