import type { Random } from '../../src/audit/statistics/random.js'

/** What a mutation may draw from: other inputs, and words that the parser looks for. */
export type Material = { readonly inputs: readonly Uint8Array[]; readonly words: readonly Uint8Array[] }

const MOST_BYTES = 65_536
const MOST_STEPS = 6
const NUMBERS = [0n, 1n, 2n, 7n, 8n, 16n, 127n, 128n, 255n, 256n, 511n, 512n, 1023n, 4096n, 32767n, 32768n, 65535n, 65536n, 2n ** 24n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n] // prettier-ignore
const WRITTEN = ['0', '-1', '1', '2', '65536', '2147483648', '4294967296', '9007199254740993', '18446744073709551616', '1e308', '1e999', '0.5', '-0', 'NaN', 'Infinity', '00012', '0x10', '99999999999999999999999999'] // prettier-ignore
const TEXTS = ['\0', '\ufeff', '\r\n', '\n', '"', '""', "'", ',', ';', '\t', '\\', '{', '}', '[', ']', ':', '#', '- ', '&a ', '*a', '!!', '%', '../', '/', '__proto__', 'constructor', 'null', 'true', '{}', '[]', 'e\u0301', '\u202e', '\u001b[2J', '\ud55c\uae00', '=1+1'] // prettier-ignore
const NESTS = [['[', ']'], ['{"a":', '}'], ['- ', ''], ['(', ')'], ['a.', '']] as const // prettier-ignore

type Step = (bytes: Uint8Array, random: Random, material: Material) => Uint8Array

const STEPS: readonly Step[] = [
  (bytes, random) => changed(bytes, random, (byte) => byte ^ (1 << random.below(8))),
  (bytes, random) => changed(bytes, random, () => random.below(256)),
  (bytes, random) => changed(bytes, random, (byte) => byte + 1 - 2 * random.below(2)),
  (bytes, random) => withNumber(bytes, random),
  (bytes, random) => withNumber(bytes, random),
  (bytes, random) => spliced(bytes, spanOf(bytes, random), []),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => {
    const { start, end } = spanOf(bytes, random)
    return spliced(bytes, { start: end, end }, bytes.subarray(start, end))
  },
  (bytes, random) => {
    const { start, end } = spanOf(bytes, random)
    const at = random.below(bytes.length + 1)
    return spliced(bytes, { start: at, end: Math.min(bytes.length, at + end - start) }, bytes.slice(start, end))
  },
  (bytes, random) =>
    spliced(
      bytes,
      pointOf(bytes, random),
      Uint8Array.from({ length: 1 + random.below(16) }, () => random.below(256)),
    ),
  (bytes, random) => spliced(bytes, pointOf(bytes, random), textOf(one(random, TEXTS))),
  (bytes, random) => overwritten(bytes, random, textOf(one(random, TEXTS))),
  (bytes, random, { words }) => (words.length === 0 ? bytes : overwritten(bytes, random, one(random, words))),
  (bytes, random, { words }) =>
    words.length === 0 ? bytes : spliced(bytes, pointOf(bytes, random), one(random, words)),
  (bytes, random) => withWrittenNumber(bytes, random),
  (bytes, random) => withWrittenNumber(bytes, random),
  (bytes, random, { inputs }) => {
    const other = one(random, inputs)
    const { start, end } = spanOf(other, random)
    return spliced(
      bytes,
      random.below(2) === 0 ? pointOf(bytes, random) : spanOf(bytes, random),
      other.subarray(start, end),
    )
  },
  (bytes, random, { inputs }) => {
    const other = one(random, inputs)
    const at = random.below(Math.min(bytes.length, other.length) + 1)
    return spliced(bytes, { start: at, end: bytes.length }, other.subarray(at))
  },
  (bytes, random) => withNest(bytes, random),
]

/** The input changed in one to six ways: bits and bytes, numbers at their limits, texts that mean something to parsers, parts cut out, doubled and taken
 *  from other inputs, and nests some thousand levels deep. At most 64 KB. */
export function mutate(bytes: Uint8Array, random: Random, material: Material): Uint8Array {
  let changed = bytes
  for (let left = 1 + random.below(MOST_STEPS); left > 0; left--)
    changed = one(random, STEPS)(changed, random, material)
  return Uint8Array.from(changed.subarray(0, MOST_BYTES)) // a copy: its buffer holds nothing else
}

/** Bytes without any form, or characters without any. */
export function scribble(random: Random): Uint8Array {
  const length = random.below(2 ** (1 + random.below(11)))
  const kind = random.below(3)
  if (kind === 0) return Uint8Array.from({ length }, () => random.below(256))
  if (kind === 1) return Uint8Array.from({ length }, () => 0x20 + random.below(0x5f))
  return textOf(Array.from({ length: length / 4 }, () => one(random, TEXTS)).join(''))
}

function one<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)]
}

function textOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

type Span = { readonly start: number; readonly end: number }

function pointOf(bytes: Uint8Array, random: Random): Span {
  const start = random.below(bytes.length + 1)
  return { start, end: start }
}

/** Mostly short: a long span leaves little of what was there. */
function spanOf(bytes: Uint8Array, random: Random): Span {
  const start = random.below(bytes.length + 1)
  const longest = random.below(4) === 0 ? bytes.length : 32
  return { start, end: Math.min(bytes.length, start + random.below(longest + 1)) }
}

function spliced(bytes: Uint8Array, { start, end }: Span, part: ArrayLike<number>): Uint8Array {
  const made = new Uint8Array(start + part.length + bytes.length - end)
  made.set(bytes.subarray(0, start))
  made.set(part, start)
  made.set(bytes.subarray(end), start + part.length)
  return made
}

function overwritten(bytes: Uint8Array, random: Random, part: Uint8Array): Uint8Array {
  const start = random.below(bytes.length + 1)
  return spliced(bytes, { start, end: Math.min(bytes.length, start + part.length) }, part)
}

function changed(bytes: Uint8Array, random: Random, change: (byte: number) => number): Uint8Array {
  if (bytes.length === 0) return bytes
  const made = bytes.slice()
  const at = random.below(made.length)
  made[at] = change(made[at])
  return made
}

function withNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const width = one(random, [1, 2, 4, 8])
  if (bytes.length < width) return bytes
  const number = Buffer.alloc(8)
  number.writeBigUInt64LE(BigInt.asUintN(64, one(random, NUMBERS) - BigInt(random.below(2))))
  const part = number.subarray(0, width)
  const start = random.below(bytes.length - width + 1)
  return spliced(bytes, { start, end: start + width }, random.below(2) === 0 ? part : part.reverse())
}

/** A number in digits, replaced by another. */
function withWrittenNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const found = [...text.matchAll(/-?\d+(\.\d+)?/g)]
  if (found.length === 0) return bytes
  const match = one(random, found)
  return spliced(bytes, { start: match.index, end: match.index + match[0].length }, textOf(one(random, WRITTEN)))
}

function withNest(bytes: Uint8Array, random: Random): Uint8Array {
  const [open, close] = one(random, NESTS)
  const levels = 2 ** (1 + random.below(13))
  return spliced(bytes, spanOf(bytes, random), textOf(`${open.repeat(levels)}1${close.repeat(levels)}`))
}
