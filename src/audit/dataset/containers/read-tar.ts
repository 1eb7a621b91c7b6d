import { createHash } from 'node:crypto'
import { DatasetError, quoted } from '../../errors.js'
import { fault } from '../refusals.js'
import { openByteStream } from './byte-stream.js'
import type { ByteStream } from './byte-stream.js'
import { BLOCK, readRecords, readTarHeader } from './tar-header.js'
import type { TarHeader } from './tar-header.js'

/** One member of a tar file: where its bytes lie, and the bytes themselves where they were asked for. */
export type TarMember = {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'device' | 'other'
  readonly offset: number
  readonly bytes: number
  readonly content: Buffer | null
}

/** A tar file that is read once; the hash is over all its bytes, and known when all members are read. */
export type TarFile = { readonly members: AsyncGenerator<TarMember, void>; readonly sha256: () => string }

const MOST_EXTRA_BYTES = 1024 * 1024 // of a long name or of extended headers

/**
 * Reads the members of a tar file one after another: ustar, pax and GNU. Nothing is unpacked, and only the bytes of members that `wants` says are
 * kept. Throws DatasetError for a file that is cut short, compressed, damaged or sparse, with the last whole member.
 */
export function readTar(path: string, wants: (member: Pick<TarMember, 'name' | 'bytes'>) => boolean): TarFile {
  const hash = createHash('sha256')
  const stream = openByteStream(path, (bytes) => hash.update(bytes))
  return { members: membersOf({ path, stream, last: null }, wants), sha256: () => hash.digest('hex') }
}

type Reading = { readonly path: string; readonly stream: ByteStream; last: string | null }

async function* membersOf(reading: Reading, wants: Parameters<typeof readTar>[1]): AsyncGenerator<TarMember, void> {
  const { stream } = reading
  let always: ReadonlyMap<string, string> = new Map()
  let once: ReadonlyMap<string, string> = new Map()
  let longName: string | null = null
  try {
    for (;;) {
      const header = await nextHeader(reading)
      if (header === null) return
      const { kind } = header
      if (kind === 'sparse') throw unusable(reading, 'sparse', 'one with sparse files')
      if (kind === 'long-name' || kind === 'long-link' || kind === 'records' || kind === 'all-records') {
        const content = await extraOf(reading, header)
        if (kind === 'long-name') longName = content.toString('utf8').replace(/\0.*$/s, '')
        if (kind === 'records') once = recordsOf(reading, content)
        if (kind === 'all-records') always = new Map([...always, ...recordsOf(reading, content)])
        continue
      }
      const records = new Map([...always, ...once])
      const name = records.get('path') ?? longName ?? header.name
      const bytes = Number(records.get('size') ?? header.bytes)
      if (!Number.isSafeInteger(bytes) || bytes < 0) throw unusable(reading, 'damaged', 'one whose headers are damaged')
      if ([...records.keys()].some((key) => key.startsWith('GNU.sparse'))) throw unusable(reading, 'sparse', 'one with sparse files') // prettier-ignore
      const member = { name, kind, offset: stream.position(), bytes }
      const content = kind === 'file' && wants(member) ? await stream.take(bytes) : null
      const isWhole = content === null ? await stream.skip(bytes) : content.length === bytes
      if (!isWhole || !(await stream.skip(paddingOf(bytes)))) throw cutShort(reading, `inside ${quoted(name)}`)
      reading.last = name
      once = new Map()
      longName = null
      yield { ...member, content }
    }
  } finally {
    stream.close()
  }
}

/** null at the end, which is marked by zeros. */
async function nextHeader(reading: Reading): Promise<TarHeader | null> {
  const { stream } = reading
  const isFirst = stream.position() === 0
  const block = await stream.take(BLOCK)
  if (isFirst && block[0] === 0x1f && block[1] === 0x8b) throw unusable(reading, 'compressed', 'one that is compressed with gzip') // prettier-ignore
  if (block.length < BLOCK && !isFirst) throw cutShort(reading, 'before its end is marked')
  const header = block.length < BLOCK ? 'damaged' : readTarHeader(block)
  if (header === 'damaged') throw unusable(reading, 'damaged', isFirst ? 'something else' : 'one whose headers are damaged') // prettier-ignore
  if (header !== null || (await stream.isZeroToEnd())) return header
  throw unusable(reading, 'joined', 'one with more behind its end, as when files are joined')
}

async function extraOf(reading: Reading, { bytes }: TarHeader): Promise<Buffer> {
  if (bytes > MOST_EXTRA_BYTES) throw unusable(reading, 'damaged', 'one whose headers are damaged')
  const content = await reading.stream.take(bytes)
  if (content.length < bytes || !(await reading.stream.skip(paddingOf(bytes))))
    throw cutShort(reading, 'inside a header')
  return content
}

function recordsOf(reading: Reading, content: Buffer): ReadonlyMap<string, string> {
  const records = readRecords(content)
  if (records === null) throw unusable(reading, 'damaged', 'one whose headers are damaged')
  return records
}

function paddingOf(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK
}

const HINTS = {
  compressed: 'Unpack it with gunzip: images are read where they lie, and in a compressed file they lie nowhere',
  sparse: 'Write it again without sparse files',
  damaged: 'Download or write the file again',
  joined: 'Keep every tar file by itself, in one folder',
} as const

function unusable({ path, last }: Reading, what: keyof typeof HINTS, received: string): DatasetError {
  const after = last === null ? '' : `; the last whole member is ${quoted(last)}`
  return new DatasetError(`tar.${what}`, fault({ at: path, expected: 'a tar file', received: `${received}${after}`, hint: HINTS[what] })) // prettier-ignore
}

function cutShort({ path, last }: Reading, where: string): DatasetError {
  const after = last === null ? 'no member is whole' : `the last whole member is ${quoted(last)}`
  const received = `one that is cut short ${where}; ${after}`
  return new DatasetError('tar.cut', fault({ at: path, expected: 'a whole tar file', received, hint: HINTS.damaged }))
}
