import type { FileState } from '../types/files.js'

/** Whether nothing says that a file was changed or replaced between two looks at it. */
export function isSameState(left: FileState, right: FileState): boolean {
  return (
    left.size === right.size &&
    left.mtimeNs === right.mtimeNs &&
    left.ctimeNs === right.ctimeNs &&
    left.ino === right.ino
  )
}
