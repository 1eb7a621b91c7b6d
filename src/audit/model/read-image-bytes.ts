import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { errorCode } from '../disk/error-code.js'
import { saysMemoryShort } from '../errors.js'
import { isSameState } from './same-state.js'
import type { FileState } from '../types/files.js'
import { imageFault } from './image-fault.js'
import type { ImageFault } from './image-fault.js'
import type { ImageLimits } from './image-limits.js'
import { memoryShort } from './memory-short.js'

const READ_ATTEMPTS = 3 // a network disk may fail once; three times is a broken disk
const WANTS_OF_THE_MACHINE: readonly string[] = ['EMFILE', 'ENFILE'] // no fault of the image: quarantined, it would be lost for nothing

/** Some bytes of a file: those of one member of a container. */
export type ByteRange = { readonly offset: number; readonly bytes: number }

/** The content of a file, and the state it was in before and after it was read. */
export type ImageBytes = { readonly kind: 'bytes'; readonly bytes: Buffer; readonly state: FileState }

/**
 * The bytes of one image file or of a part of it, or why they cannot be read. Type and size are looked at first, so a pipe never hangs the
 * run and a huge file is never read. Throws ModelError (`memory.short`), and EMFILE and ENFILE as they are: these say nothing about the file.
 * Links are followed; whether they may leave the image root is the importer's question.
 */
export async function readImageBytes(
  path: string,
  limits: ImageLimits,
  range?: ByteRange,
): Promise<ImageBytes | ImageFault> {
  if (path.includes('\0')) return imageFault('path.invalid', 'the path holds a NUL character')
  for (let attempt = 1; ; attempt++) {
    try {
      return await readOnce(path, limits, range)
    } catch (error) {
      if (saysMemoryShort(error)) throw memoryShort('a file', error)
      const code = errorCode(error)
      if (WANTS_OF_THE_MACHINE.includes(code)) throw error
      if (code !== 'EIO') return describeFileError(code)
      if (attempt === READ_ATTEMPTS) return imageFault('file.io', `the disk failed ${READ_ATTEMPTS} times (EIO)`)
    }
  }
}

async function readOnce(path: string, limits: ImageLimits, range?: ByteRange): Promise<ImageBytes | ImageFault> {
  if (!(await stat(path)).isFile()) return imageFault('file.not-regular', 'this is not a regular file')
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK) // if a pipe took its place, do not wait
  try {
    const state = await handle.stat({ bigint: true })
    const size = range?.bytes ?? state.size
    if (size > limits.maximumBytes) {
      return imageFault('file.too-large', `the file has ${size} bytes; at most ${limits.maximumBytes} are read`)
    }
    const bytes = range === undefined ? await handle.readFile() : await readRange(handle, range)
    if (range !== undefined && bytes.length < range.bytes)
      return imageFault('image.truncated', 'its container ends before it does')
    if (bytes.length === 0) return imageFault('image.empty', 'the file has no bytes')
    return isSameState(state, await handle.stat({ bigint: true }))
      ? { kind: 'bytes', bytes, state }
      : imageFault('file.changed', 'the file was changed while it was read')
  } finally {
    await handle.close()
  }
}

/** Fewer bytes than asked for only where the file ends: one read may give less than there is. */
async function readRange(handle: FileHandle, { offset, bytes }: ByteRange): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes)
  let filled = 0
  while (filled < bytes) {
    const { bytesRead } = await handle.read(buffer, filled, bytes - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

function describeFileError(code: string): ImageFault {
  if (code === 'ENOENT' || code === 'ENOTDIR') return imageFault('file.missing', 'there is no such file')
  if (code === 'ELOOP') return imageFault('file.symlink-loop', 'its symbolic links form a loop')
  if (code === 'ENAMETOOLONG') return imageFault('path.invalid', 'the path is longer than the file system allows')
  return imageFault('file.unreadable', `the file cannot be read (${code || 'unknown error'})`)
}
