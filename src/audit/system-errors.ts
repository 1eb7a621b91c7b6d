/** An error of the operating system: it has the call that failed or its number, which no error of ours has. */
export type SystemError = NodeJS.ErrnoException & { readonly code: string }

/** Node opens the files of a program nearly all at once when it loads them; an audit needs about thirty after that. */
const OPEN_FILES_NEEDED = 384

const IN_WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'this is a folder',
  EEXIST: 'there is something in its place',
  ENOTEMPTY: 'the folder is not empty',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'a link leads round in a circle',
  EBUSY: 'it is in use',
  ETXTBSY: 'it is in use',
  EXDEV: 'it lies on another disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'no more may be written here (quota)',
  EFBIG: 'the file would be larger than is allowed here',
  EIO: 'the disk failed',
  ESTALE: 'the folder on the network has changed under the run',
  ETIMEDOUT: 'the disk or the network gave no answer in time',
  EMFILE: `too many files are open: Probity needs ${OPEN_FILES_NEEDED} (ulimit -n ${OPEN_FILES_NEEDED})`,
  ENFILE: 'too many files are open on this machine',
  ENOMEM: 'there is not enough memory',
  EROFS: 'the file system is read-only',
}

/** Whether the operating system refused something: any code of it, in this list or not. */
export function isSystemError(error: unknown): error is SystemError {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return 'syscall' in error || 'errno' in error || error.code in IN_WORDS
}

/** What a code of the operating system means; the code itself where there is no word for it. */
export function inWords(code: string): string {
  return IN_WORDS[code] ?? code
}
