import type { Random } from '../../src/audit/statistics/random.js'

/** What was done to a text, and which of its lines are as they were (index of the line before → none after where it is gone). */
export type Spoilt = { readonly how: string; readonly bytes: Buffer; readonly isWhole: (line: string) => boolean }

/** One thing done to the bytes of a text at a random place. `isWhole`: the line stands in the spoilt text, byte for byte, as a line. */
export function spoilText(text: string, random: Random): Spoilt {
  const [how, spoil] = WAYS[random.below(WAYS.length)]
  const bytes = spoil(Buffer.from(text), random)
  const lines = new Set(bytes.toString('latin1').split(/\r?\n/))
  return { how, bytes, isWhole: (line) => lines.has(Buffer.from(line).toString('latin1')) }
}

type Way = (bytes: Buffer, random: Random) => Buffer

const CONTROLS = ['\0', '\u001b[31m', '\b', '\r', '\u0085', '\u2028', '\u200b', '\u202e', '\ufeff', '\t', '"', ',', ';', '\\', '\n', ': ', ' #', '{', ']'] // prettier-ignore
const WORDS = ['__proto__', 'constructor', '=1+1', '0x10', '1e999', 'NaN', 'null', 'no', '&a', '*a', '!!js/function', '- ', '%YAML 1.1\n', '---\n'] // prettier-ignore

const WAYS: readonly (readonly [how: string, Way])[] = [
  ['bits flipped', (bytes, random) => changed(bytes, 1 + random.below(4), random, (byte) => byte ^ (1 << random.below(8)))],
  ['bytes replaced', (bytes, random) => changed(bytes, 1 + random.below(4), random, () => random.below(256))],
  ['cut', (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1))],
  ['its beginning lost', (bytes, random) => bytes.subarray(random.below(bytes.length + 1))],
  ['a piece lost', (bytes, random) => put(bytes, random.below(bytes.length), 1 + random.below(40), '')],
  ['a piece twice', (bytes, random) => {
    const at = random.below(bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(random.below(at + 1), at), bytes.subarray(at)])
  }],
  ['a character inserted', (bytes, random) => put(bytes, random.below(bytes.length + 1), 0, CONTROLS[random.below(CONTROLS.length)])],
  ['a word inserted', (bytes, random) => put(bytes, random.below(bytes.length + 1), 0, WORDS[random.below(WORDS.length)])],
  ['a piece of zeros', (bytes, random) => Buffer.from(bytes).fill(0, random.below(bytes.length), random.below(bytes.length))],
  ['a line twice', (bytes, random) => byLine(bytes, (lines) => void lines.splice(random.below(lines.length), 0, lines[random.below(lines.length)]))],
  ['a line lost', (bytes, random) => byLine(bytes, (lines) => void lines.splice(random.below(lines.length), 1))],
  ['two lines swapped', (bytes, random) => byLine(bytes, (lines) => {
    const [one, other] = [random.below(lines.length), random.below(lines.length)]
    ;[lines[one], lines[other]] = [lines[other], lines[one]]
  })],
  ['two columns of a line swapped', (bytes, random) => byLine(bytes, (lines) => {
    const at = random.below(lines.length)
    const [first, second, ...more] = lines[at].split(',')
    lines[at] = [second ?? '', first, ...more].join(',')
  })],
  ['a line with another end', (bytes, random) => byLine(bytes, (lines) => {
    const at = random.below(lines.length)
    lines[at] += '\r'
  })],
  ['another encoding', (bytes, random) => {
    const text = bytes.toString('utf8')
    return [Buffer.from(`\ufeff${text}`, 'utf16le'), Buffer.from(text, 'utf16le'), Buffer.from(`\ufeff${text}`)][random.below(3)]
  }],
] // prettier-ignore

function changed(bytes: Buffer, times: number, random: Random, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  for (let time = 0; time < times && copy.length > 0; time++) {
    const at = random.below(copy.length)
    copy[at] = change(copy[at])
  }
  return copy
}

function put(bytes: Buffer, at: number, instead: number, text: string): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(text), bytes.subarray(at + instead)])
}

function byLine(bytes: Buffer, change: (lines: string[]) => void): Buffer {
  const lines = bytes.toString('latin1').split('\n')
  change(lines)
  return Buffer.from(lines.join('\n'), 'latin1')
}
