import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { ENTRY_BYTES, writeEntry } from './segment-entry.js'
import type { StoredVector } from './segment-entry.js'
import { HEADER_BYTES, headerHash, writeHeader } from './segment-header.js'
import type { SegmentHeader } from './segment-header.js'
import { errorCode } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import { syncFolder } from './whole-file.js'

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
  private readonly hash: Buffer
  private unsynced = 0

  private constructor(
    readonly name: string,
    readonly header: SegmentHeader,
    private readonly keys: FileHandle,
    private readonly data: FileHandle,
    private readonly path: string,
  ) {
    this.hash = headerHash(writeHeader(header))
  }

  /** Takes the next free number in the folder, which no other process can have, and writes the header. */
  static async create(files: StoreFiles, folder: string, after: number, header: SegmentHeader): Promise<SegmentWriter> {
    for (let number = after + 1; ; number++) {
      const name = String(number).padStart(6, '0')
      const data = await files.open(vectorFile(folder, name), 'wx', 0o600).catch((error: unknown) => {
        if (errorCode(error) === 'EEXIST') return null
        throw error
      })
      if (data === null) continue
      const handles = [data]
      try {
        const keys = await files.open(keyFile(folder, name), 'wx', 0o600)
        handles.push(keys)
        const writer = new SegmentWriter(name, header, keys, data, keyFile(folder, name))
        await writer.write(keys, writeHeader(header), 0)
        await syncFolder(files, folder)
        return writer
      } catch (error) {
        for (const handle of handles) await handle.close()
        await files.rm(vectorFile(folder, name), { force: true }).catch(() => undefined) // nothing is in it
        await files.rm(keyFile(folder, name), { force: true }).catch(() => undefined)
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
      writeEntry(entries, index * ENTRY_BYTES, this.hash, record)
    })
    await this.write(this.data, Buffer.from(numbers.buffer), this.bytes)
    await this.write(this.keys, entries, HEADER_BYTES + this.vectors * ENTRY_BYTES)
    this.vectors += records.length
    this.unsynced += numbers.byteLength
    if (this.unsynced >= SYNC_EVERY_BYTES) await this.sync()
  }

  async sync(): Promise<void> {
    await this.data.sync()
    await this.keys.sync()
    this.unsynced = 0
  }

  async close(): Promise<void> {
    try {
      if (this.unsynced > 0) await this.sync()
    } finally {
      await this.data.close()
      await this.keys.close()
    }
  }

  /** A write may take fewer bytes than it is given, on a disk that is nearly full for example. */
  private async write(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      try {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
        written += bytesWritten
      } catch (error) {
        // a handle does not say which file it is; whoever reads the message must know
        throw error instanceof Error && !('path' in error) ? Object.assign(error, { path: this.path }) : error
      }
    }
  }
}
