/** What of a file's state says that it is still the same: size, times of change and inode, as git's index has them. */
export type FileState = {
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly ino: bigint
}
