import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { looksLike, notUtf8, probableEncoding } from '../definitions/other-encoding.js'
import { DatasetError } from '../errors.js'
import { fault } from './refusals.js'

/** A text file read once, from start to end. `sha256` is over the bytes of the file, known when the chunks are used up. */
export type TextFile = { readonly chunks: AsyncGenerator<string, void>; readonly sha256: () => string }

/** Opens a label or decisions file as text: UTF-8, or UTF-16 with a byte-order mark; the mark itself is dropped. A file without a mark is read in the
 *  `encoding` that is named. Throws DatasetError when there is no such ordinary file; the chunks throw it at the first byte that is not text. */
export async function openText(file: string, encoding = 'utf-8'): Promise<TextFile> {
  await requireOrdinaryFile(file)
  const hash = createHash('sha256')
  let digest: string | null = null
  return { chunks: decodedChunks(file, encoding, hash), sha256: () => (digest ??= hash.digest('hex')) }
}

/** Throws DatasetError when there is no such ordinary file. */
// stat before open: opening a FIFO for reading would wait for ever
export async function requireOrdinaryFile(file: string): Promise<void> {
  const expected = 'a text file that can be read'
  let isFile: boolean
  try {
    isFile = (await stat(file)).isFile()
    await access(file, constants.R_OK) // else the first read fails as a disk does, in the middle of a run
  } catch (cause) {
    const problem = { at: file, expected, received: 'no such file, or one that may not be read' }
    throw new DatasetError('file.missing', problem, { cause })
  }
  if (!isFile) throw new DatasetError('file.not-regular', { at: file, expected, received: 'a folder or a device' })
}

const CHUNK_BYTES = 256 * 1024

async function* decodedChunks(
  file: string,
  encoding: string,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<string, void> {
  let decoder: TextDecoder | null = null
  let line = 1
  const stream = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  for await (const piece of stream) {
    const bytes = piece as Buffer // a read stream without an encoding yields buffers
    hash.update(bytes)
    if (decoder === null) refuseZip(bytes, file)
    decoder ??= decoderOf(bytes, encoding)
    const text = decodeOrRefuse(decoder, bytes, file, line)
    line += count(bytes, LINE_FEED)
    if (text !== '') yield text
  }
  if (decoder !== null) decodeOrRefuse(decoder, null, file, line)
}

/** A workbook of Excel is a zip, and would be refused for its first byte that is no text. */
function refuseZip(bytes: Buffer, file: string): void {
  if (bytes.subarray(0, 4).toString('latin1') !== 'PK\x03\x04') return
  const received = 'an Excel workbook, or another zip file'
  throw new DatasetError(
    'table.kind',
    fault({
      at: file,
      expected: 'a table as text',
      received,
      hint: 'Save it in Excel as "CSV UTF-8"; unpack another zip',
    }),
  )
}

const LINE_FEED = 0x0a

/** Microsoft's name of what the web calls euc-kr. */
const WHATWG_NAMES = new Map([['cp949', 'euc-kr']])

/** Chosen by the byte-order mark; TextDecoder drops the mark of its own encoding. */
function decoderOf(bytes: Buffer, unmarked: string): TextDecoder {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : unmarked
  return new TextDecoder(WHATWG_NAMES.get(encoding) ?? encoding, { fatal: true })
}

/** `bytes` null: the end of the file. */
function decodeOrRefuse(decoder: TextDecoder, bytes: Buffer | null, file: string, line: number): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch (cause) {
    const { encoding } = decoder
    const broken = encoding === 'utf-8' && bytes !== null ? brokenLine(bytes) : null
    const probable = broken === null ? null : probableEncoding(broken.bytes)
    const refusal = encodingFault(
      broken === null ? file : `${file}:${line + broken.line}`,
      `bytes that are not ${encoding.toUpperCase()}${looksLike(probable)}`,
      probable === 'windows-1252' ? probable : 'cp949',
    )
    const expected = encoding.startsWith('utf-') ? refusal.expected : `text in the encoding ${encoding}`
    throw new DatasetError('file.encoding', { ...refusal, expected }, { cause })
  }
}

/** The refusal of a file in another encoding; also used where UTF-16 without its mark shows as NUL characters. */
export function encodingFault(at: string, received: string, flag: 'cp949' | 'windows-1252' | 'utf-16le') {
  return fault({
    at,
    field: 'encoding',
    expected: 'UTF-8 text (or UTF-16 with a byte-order mark)',
    received,
    hint: `Save the file as "CSV UTF-8", or name what a label file is in: ${FLAGS[flag]}`,
  })
}

const FLAGS = {
  cp949: '--encoding cp949 (Excel on a Korean system writes it)',
  'windows-1252': '--encoding windows-1252 (Excel on a Western system writes it)',
  'utf-16le': '--encoding utf-16le',
} as const

/** The first line of a chunk that is not UTF-8, from 0, and its bytes. The chunk may begin in the middle of a character. */
function brokenLine(bytes: Buffer): { readonly line: number; readonly bytes: Uint8Array } {
  let start = 0
  while (start < 3 && (bytes[start] & 0xc0) === 0x80) start++
  const found = notUtf8(bytes.subarray(start))
  return found === null ? { line: 0, bytes } : { line: found.line - 1, bytes: found.bytes }
}

function count(bytes: Buffer, value: number): number {
  let found = 0
  for (let at = bytes.indexOf(value); at >= 0; at = bytes.indexOf(value, at + 1)) found++
  return found
}
