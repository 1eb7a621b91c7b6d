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

/** What bytes that are not UTF-8 may be: `cp949` where they make Hangul, `utf-16` where they begin with its mark, `windows-1252` where they make
 *  letters with accents that stand alone among others, null where nothing tells. */
export function probableEncoding(bytes: Uint8Array): 'cp949' | 'utf-16' | 'windows-1252' | null {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (isMarked) return 'utf-16'
  const read = decoded(bytes, 'euc-kr') // the web's name of what Microsoft calls cp949
  const foreign = read?.match(/[^\0-\x7f]/g) ?? [] // all that is not ASCII
  const hangul = foreign.filter((character) => /[가-힣]/.test(character))
  if (hangul.length >= 2 && hangul.length >= 0.9 * foreign.length) return 'cp949'
  return isWestern(bytes) ? 'windows-1252' : null
}

/** In the writing of East Asia two bytes and more follow on each other; between Western letters one with an accent, or a typographic sign, stands alone. */
function isWestern(bytes: Uint8Array): boolean {
  const runs =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/[\x80-\xff]+/g) ?? []
  return (
    runs.length > 0 && runs.every((run) => run.length <= 2 && WESTERN.test(run)) && runs.some((run) => run.length === 1)
  )
}

/** Bytes of Windows-1252, as the characters of the same number: € … Š Œ Ž ‘ ’ “ ” – — š œ ž Ÿ § « ° » and the letters with accents, but for 0xff, which is mostly damage. */
const WESTERN = /^[\x80\x85\x8a\x8c\x8e\x91-\x94\x96\x97\x9a\x9c\x9e\x9f\xa7\xab\xb0\xbb\xc0-\xfe]+$/

/** As the "received" part of a refusal says it. */
export function looksLike(encoding: ReturnType<typeof probableEncoding>): string {
  return encoding === null ? '' : ` (they look like ${LOOKS[encoding]})`
}

const LOOKS = {
  cp949: 'Korean in the encoding CP949',
  'utf-16': 'UTF-16, by how they begin',
  'windows-1252': 'a Western language in the encoding Windows-1252',
} as const

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
