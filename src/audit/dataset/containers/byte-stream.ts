import { createReadStream } from 'node:fs'

/** A file that is read once from start to end, with every byte shown to `onBytes`. */
export type ByteStream = {
  /** The next bytes; fewer where the file ends. */
  readonly take: (bytes: number) => Promise<Buffer>
  /** Passes over bytes; false where the file ends before. */
  readonly skip: (bytes: number) => Promise<boolean>
  /** Whether all that is left are zeros; reads to the end. */
  readonly isZeroToEnd: () => Promise<boolean>
  readonly position: () => number
  readonly close: () => void
}

const CHUNK_BYTES = 1024 * 1024

export function openByteStream(path: string, onBytes: (bytes: Buffer) => void): ByteStream {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer> // no encoding: buffers
  let chunk: Buffer = Buffer.alloc(0)
  let position = 0
  const more = async (): Promise<boolean> => {
    const next = await chunks.next()
    if (next.done === true) return false
    chunk = next.value
    onBytes(chunk)
    return true
  }
  const eat = (bytes: number): Buffer => {
    const eaten = chunk.subarray(0, bytes)
    chunk = chunk.subarray(eaten.length)
    position += eaten.length
    return eaten
  }
  const take = async (bytes: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for (let left = bytes; left > 0;) {
      if (chunk.length === 0 && !(await more())) break
      const part = eat(left)
      parts.push(part)
      left -= part.length
    }
    return parts.length === 1 ? parts[0] : Buffer.concat(parts)
  }
  const skip = async (bytes: number): Promise<boolean> => {
    for (let left = bytes; left > 0;) {
      if (chunk.length === 0 && !(await more())) return false
      left -= eat(left).length
    }
    return true
  }
  const isZeroToEnd = async (): Promise<boolean> => {
    let isZero = true
    do isZero &&= eat(chunk.length).every((byte) => byte === 0)
    while (await more())
    return isZero
  }
  return { take, skip, isZeroToEnd, position: () => position, close: () => stream.destroy() }
}
