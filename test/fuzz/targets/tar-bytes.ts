const BLOCK = 512

/** A member as a ustar file has it. `flag`: '0' a file, 'x' records, 'L' a long name. */
export type Member = { readonly name: string; readonly content: Uint8Array | string; readonly flag?: string }

/** A tar file by hand, so that seeds need no program of the system. */
export function tarBytes(members: readonly Member[]): Uint8Array {
  const blocks = members.flatMap(({ name, content, flag = '0' }) => {
    const bytes = Buffer.from(content)
    const header = Buffer.alloc(BLOCK)
    header.write(name.slice(0, 100), 0)
    header.write('0000644\0', 100)
    header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('00000000000\0', 136)
    header.write(flag, 156)
    header.write('ustar\x0000', 257)
    return [header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]
  })
  return repairTar(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]))
}

/** One record of an extended header: its own length, a key, a value. */
export function recordOf(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const length = Buffer.byteLength(rest)
  const digits = String(length + String(length).length)
  return `${length + digits.length}${rest}`
}

/** The checksums of all headers, as far as they follow from the sizes, set right. */
export function repairTar(bytes: Uint8Array): Uint8Array {
  const made = Buffer.from(bytes)
  for (let at = 0; at + BLOCK <= made.length;) {
    const header = made.subarray(at, at + BLOCK)
    if (header.every((byte) => byte === 0)) break
    header.fill(' ', 148, 156)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    at += BLOCK + (Number.isSafeInteger(size) && size >= 0 ? Math.ceil(size / BLOCK) * BLOCK : 0)
  }
  return Uint8Array.from(made)
}
