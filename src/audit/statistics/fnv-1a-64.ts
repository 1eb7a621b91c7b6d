const MASK = 0xffffffffffffffffn

/** FNV-1a hash, 64 bits, of the UTF-8 bytes of a text. Names random streams; not a cryptographic hash.
 *  Source: Fowler, Noll & Vo (draft-eastlake-fnv).
 *  @example fnv1a64('a')  // 0xaf63dc4c8601ec8cn */
export function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK
  return hash
}
