/** The line, from 1, of the first bytes of a text that are not UTF-8, and those bytes; null where all are. `bytes` begin at the start of a character. */
export function notUtf8(bytes: Uint8Array): { readonly line: number; readonly bytes: Uint8Array } | null {
  if (isUtf8(bytes)) return null
  for (let start = 0, line = 1; ; line++) {
    const feed = bytes.indexOf(LINE_FEED, start)
    const end = feed < 0 ? bytes.length : feed + 1
    const found = bytes.subarray(start, end)
    if (feed < 0 || !isUtf8(found)) return { line, bytes: found }
    start = end
  }
}

const LINE_FEED = 0x0a

/** What bytes that are not UTF-8 may be: `cp949` where they make Hangul, `utf-16` where they begin with its mark, null where nothing tells. */
export function probableEncoding(bytes: Uint8Array): 'cp949' | 'utf-16' | null {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (isMarked) return 'utf-16'
  const read = decoded(bytes, 'euc-kr') // the web's name of what Microsoft calls cp949
  const foreign = read?.match(/[^\0-\x7f]/g) ?? [] // all that is not ASCII
  const hangul = foreign.filter((character) => /[가-힣]/.test(character))
  return hangul.length >= 2 && hangul.length >= 0.9 * foreign.length ? 'cp949' : null
}

function isUtf8(bytes: Uint8Array): boolean {
  return decoded(bytes, 'utf-8') !== null
}

function decoded(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null // that it does not decode is the answer
  }
}
