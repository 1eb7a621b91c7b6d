import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode, named } from '../disk/error-code.js'
import { ENTRY_BYTES, EntryChecksums } from './segment-entry.js'
import type { StoredVector } from './segment-entry.js'
import { HEADER_BYTES, headerHash, writeHeader } from './segment-header.js'
import type { SegmentHeader } from './segment-header.js'
import { isUnsupported } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import { syncFolder } from '../disk/whole-file.js'

/** Files of one segment: `<name>.f32` holds the vectors, one after the other, and `<name>.keys` a header and one entry each. */
export const vectorFile = (folder: string, name: string): string => join(folder, `${name}.f32`)
export const keyFile = (folder: string, name: string): string => join(folder, `${name}.keys`)

const SYNC_EVERY_BYTES = 1_000_000 // what a power failure may cost: 500 vectors of 512 numbers

/**
 * A segment being written. Vectors are written before their entries; a crash in between leaves bytes that no entry names. The
 * order is for tidiness only: an entry without its vector fails its checksum. One process writes a segment, once.
 */
export class SegmentWriter {
  vectors = 0
  private readonly checksums: EntryChecksums
  private unsynced = 0
  /** Why what was appended may not last: a disk that failed to sync once may say of the same bytes the next time that they are there. */
  private failure: Error | null = null

  private constructor(
    readonly name: string,
    readonly header: SegmentHeader,
    private readonly keys: FileHandle,
    private readonly data: FileHandle,
    private readonly path: string,
  ) {
    this.checksums = new EntryChecksums(headerHash(writeHeader(header)), header.dim)
  }

  /** Takes the next free number in the folder, which no other process can have, and writes the header. */
  static async create(files: StoreFiles, folder: string, after: number, header: SegmentHeader): Promise<SegmentWriter> {
    for (let number = after + 1; ; number++) {
      const name = String(number).padStart(6, '0')
      const data = await openNew(files, vectorFile(folder, name))
      if (data === null) continue
      const keys = await openNew(files, keyFile(folder, name)).catch(async (error: unknown) => {
        await abandon(files, data, vectorFile(folder, name))
        throw error
      })
      if (keys === null) {
        await abandon(files, data, vectorFile(folder, name)) // entries whose vectors somebody deleted: they stay as they are
        continue
      }
      try {
        const writer = new SegmentWriter(name, header, keys, data, keyFile(folder, name))
        await writer.write(keys, writeHeader(header), 0)
        await syncFolder(files, folder)
        return writer
      } catch (error) {
        await abandon(files, data, vectorFile(folder, name))
        await abandon(files, keys, keyFile(folder, name))
        throw error
      }
    }
  }

  get bytes(): number {
    return this.vectors * this.header.dim * Float32Array.BYTES_PER_ELEMENT
  }

  /** Writes vectors behind those that are there. Kill the process afterwards and they are kept; a power failure may take the last few. */
  async append(records: readonly StoredVector[]): Promise<void> {
    const { dim } = this.header
    const numbers = new Float32Array(records.length * dim)
    const entries = Buffer.alloc(records.length * ENTRY_BYTES)
    records.forEach((record, index) => {
      if (record.vector.length !== dim)
        throw new RangeError(`expected vectors of ${dim} numbers but received ${record.vector.length}`)
      numbers.set(record.vector, index * dim)
      this.checksums.write(entries, index * ENTRY_BYTES, record)
    })
    await this.write(this.data, Buffer.from(numbers.buffer), this.bytes)
    await this.write(this.keys, entries, HEADER_BYTES + this.vectors * ENTRY_BYTES)
    this.vectors += records.length
    this.unsynced += numbers.byteLength
    if (this.unsynced >= SYNC_EVERY_BYTES) await this.sync()
  }

  async sync(): Promise<void> {
    try {
      await this.data.sync()
      await this.keys.sync()
    } catch (error) {
      this.failure = named(error, this.path)
      throw this.failure
    }
    this.unsynced = 0
  }

  /** Rejects when not all that was appended is on the disk. */
  async close(): Promise<void> {
    try {
      if (this.failure !== null) throw this.failure
      if (this.unsynced > 0) await this.sync()
    } finally {
      await this.closeFiles()
    }
  }

  /** Both, also when one of them does not close. */
  private async closeFiles(): Promise<void> {
    const closed = await Promise.allSettled([this.data.close(), this.keys.close()])
    for (const each of closed) if (each.status === 'rejected') throw named(each.reason, this.path)
  }

  /** Takes the segment back, as far as the disk allows. */
  async discard(files: StoreFiles, folder: string): Promise<void> {
    await abandon(files, this.data, vectorFile(folder, this.name))
    await abandon(files, this.keys, keyFile(folder, this.name))
  }

  /** A write may take fewer bytes than it is given, on a disk that is nearly full for example. */
  private async write(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      try {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
        written += bytesWritten
      } catch (error) {
        throw named(error, this.path)
      }
    }
  }
}

/** Null where there is one. Two processes on a file system that cannot make a file exclusively may both get it: their entries then fail
 *  their checksums, and are made again. */
async function openNew(files: StoreFiles, path: string): Promise<FileHandle | null> {
  try {
    return await files.open(path, 'wx', 0o600)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return null
    if (!isUnsupported(error)) throw error
  }
  const isThere = await files.stat(path).then(
    () => true,
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return false
      throw error
    },
  )
  return isThere ? null : files.open(path, 'w', 0o600)
}

/** Closes a file and removes it; nothing counts on what is in it. */
async function abandon(files: StoreFiles, handle: FileHandle, path: string): Promise<void> {
  await handle.close().catch(() => undefined)
  await files.rm(path, { force: true }).catch(() => undefined)
}
