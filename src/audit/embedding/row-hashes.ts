const BYTES = 32

/** A SHA-256 for each row that has one. As bytes beside the heap: as strings they would be most of what grows while a million images are embedded. */
export class RowHashes {
  private readonly digests: Buffer
  private readonly isThere: Uint8Array

  constructor(rows: number) {
    this.digests = Buffer.alloc(rows * BYTES)
    this.isThere = new Uint8Array(rows)
  }

  /** `sha256` in hexadecimal. */
  set(row: number, sha256: string): void {
    this.digests.write(sha256, row * BYTES, 'hex')
    this.isThere[row] = 1
  }

  /** In hexadecimal; null for a row without one. */
  get(row: number): string | null {
    return this.isThere[row] === 1 ? this.digests.toString('hex', row * BYTES, (row + 1) * BYTES) : null
  }

  /** As bytes, one behind the other, of rows that ascend, none of them twice; zeros for a row without one. */
  bytesOf(rows: Int32Array): Buffer {
    const [first = 0] = rows
    if (rows.length > 0 && rows[rows.length - 1] - first === rows.length - 1)
      return this.digests.subarray(first * BYTES, (first + rows.length) * BYTES)
    const bytes = Buffer.alloc(rows.length * BYTES)
    rows.forEach((row, index) => this.digests.copy(bytes, index * BYTES, row * BYTES, (row + 1) * BYTES))
    return bytes
  }

  toArray(): (string | null)[] {
    return Array.from(this.isThere, (_, row) => this.get(row))
  }
}
