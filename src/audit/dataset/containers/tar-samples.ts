import { basename } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import type { SourceFile, Warning } from '../../types/dataset.js'
import type { FileState } from '../../types/files.js'
import { requireUnchanged, stateOf } from './container-file.js'
import { readTar } from './read-tar.js'
import type { TarMember } from './read-tar.js'

/** The members of one key: an image, where there is one, and what is said of it. */
export type TarSample = {
  readonly shard: string
  readonly key: string
  readonly image: Pick<TarMember, 'name' | 'offset' | 'bytes'> | null
  /** Content by extension: json, cls, txt, npy. */
  readonly fields: ReadonlyMap<string, Buffer>
}

/** What is known of the tar files when their samples are read. */
export type TarLedger = {
  readonly sources: SourceFile[]
  readonly containers: Map<string, FileState>
  /** Members that are no part of a sample, by why. */
  readonly skipped: Map<string, number>
}

const IMAGES = new Set(['jpg', 'jpeg', 'png', 'webp'])
const FIELDS = new Set(['json', 'cls', 'txt', 'npy'])
const MOST_FIELD_BYTES = 1024 * 1024

/** The samples of tar files, in order: members of one key lie side by side. Links, devices and names that lead out are passed over and counted. Throws
 *  DatasetError for a key that comes again, for two images of one key, and for a file that cannot be read as a whole. */
export async function* readSamples(paths: readonly string[], ledger: TarLedger): AsyncGenerator<TarSample, void> {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const state = await stateOf(path)
    const tar = readTar(path, ({ name, bytes }) => isField(path, name, bytes))
    let sample: OpenSample | null = null
    let rows = 0
    for await (const member of tar.members) {
      const part = partOf(member)
      if ('reason' in part) {
        if (part.reason !== null) ledger.skipped.set(part.reason, (ledger.skipped.get(part.reason) ?? 0) + 1)
        continue
      }
      if (sample?.key !== part.key) {
        if (sample !== null) yield sample
        refuseAgain(path, part.key, seen)
        seen.set(part.key, path)
        sample = { shard: path, key: part.key, image: null, fields: new Map() }
        rows++
      }
      sample = add(sample, member, part.ending)
    }
    if (sample !== null) yield sample
    await requireUnchanged(path, state)
    ledger.containers.set(path, state)
    ledger.sources.push({ file: basename(path), sha256: tar.sha256(), rows })
  }
}

type OpenSample = TarSample & { readonly fields: Map<string, Buffer> }
type Part = { readonly key: string; readonly ending: string } | { readonly reason: string | null }

/** The key is the path up to the first dot of the last name; `reason`: why a member belongs to no sample, null where that needs no mention. */
function partOf({ name, kind }: TarMember): Part {
  if (kind === 'folder') return { reason: null }
  if (kind === 'link') return { reason: 'links' }
  if (kind !== 'file') return { reason: 'devices and other special files' }
  const parts = name.replace(/^(\.\/)+/, '').split('/')
  if (name.startsWith('/') || parts.includes('..') || name.includes('\0')) return { reason: 'names that lead out' }
  const last = parts[parts.length - 1]
  const dot = last.indexOf('.')
  if (dot <= 0) return { reason: 'names without a key or an ending' }
  return { key: [...parts.slice(0, -1), last.slice(0, dot)].join('/'), ending: last.slice(dot + 1).toLowerCase() }
}

function add(sample: OpenSample, { name, offset, bytes, content }: TarMember, ending: string): OpenSample {
  if (content !== null) sample.fields.set(ending, content)
  if (!IMAGES.has(ending)) return sample
  if (sample.image === null) return { ...sample, image: { name, offset, bytes } }
  throw new DatasetError('tar.key', {
    at: sample.shard,
    field: quoted(sample.key),
    expected: 'one image for each key',
    received: `${quoted(sample.image.name)} and ${quoted(name)}`,
    hint: 'Give every image a key of its own: its name up to the first dot',
  })
}

function isField(shard: string, name: string, bytes: number): boolean {
  const ending = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const dots = name.slice(name.lastIndexOf('/') + 1).split('.').length - 1 // prettier-ignore
  if (dots !== 1 || !FIELDS.has(ending)) return false
  if (bytes <= MOST_FIELD_BYTES) return true
  throw new DatasetError('tar.field', {
    at: shard,
    field: quoted(name),
    expected: `at most ${MOST_FIELD_BYTES} bytes that say something of an image`,
    received: `${bytes}`,
    hint: 'Keep vectors and other large things in files of their own',
  })
}

function refuseAgain(shard: string, key: string, seen: ReadonlyMap<string, string>): void {
  const before = seen.get(key)
  if (before === undefined) return
  throw new DatasetError('tar.key', {
    at: shard,
    field: quoted(key),
    expected: 'members of one key side by side, and every key once',
    received: before === shard ? 'the same key again later' : `the key of an image in ${basename(before)}`,
    hint: 'Sort the members by name, and give every image a key of its own',
  })
}

/** Members that were passed over, together. */
export function skippedWarning({ skipped }: TarLedger): Warning[] {
  if (skipped.size === 0) return []
  const count = [...skipped.values()].reduce((sum, some) => sum + some, 0)
  const kinds = [...skipped].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, some]) => `${some} ${reason}`)
  return [{ code: 'tar.skipped', count, message: `members of tar files that are not read: ${kinds.join(', ')}` }]
}
