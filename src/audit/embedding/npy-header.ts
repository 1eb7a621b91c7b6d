const MAGIC = Buffer.from('\x93NUMPY\x01\x00', 'latin1')
const ALIGNMENT = 64

/** Header of a NumPy file, version 1.0, for little-endian float32 in C order. Source: numpy `numpy/lib/format.py`. */
export function npyHeader(shape: readonly [rows: number, columns: number]): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}), }`
  const start = MAGIC.length + 2
  const length = Math.ceil((start + description.length + 1) / ALIGNMENT) * ALIGNMENT
  const header = Buffer.alloc(length, ' ')
  MAGIC.copy(header)
  header.writeUInt16LE(length - start, MAGIC.length)
  header.write(description, start, 'latin1')
  header.write('\n', length - 1)
  return header
}
