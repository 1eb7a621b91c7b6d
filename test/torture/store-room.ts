import { existsSync, mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../src/audit/store/open-store.js'
import type { FileHashes } from '../../src/audit/store/file-hashes.js'
import type { StoreFiles } from '../../src/audit/store/store-files.js'
import type { StoreNotice, VectorSpace } from '../../src/audit/store/vector-space.js'
import type { FileState } from '../../src/audit/types/files.js'
import { DIM, keyOf, records, SETTINGS, SPACE, vectorOf } from '../audit/store/store-fixture.js'

/** Where a loop writes: in memory where there is such a disk, since a sync takes a hundredth of a second on a real one. */
export function tortureFolder(): string {
  return mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'probity-torture-'))
}

/** The folder that the images of the loops are said to lie in. */
export const ROOT = '/images'
const SEEN_MS = 10_000_000

export type Opened = {
  readonly space: VectorSpace
  readonly hashes: FileHashes
  readonly notices: readonly StoreNotice[]
}

/** Opens a store as a run does: the space as its manifest says, and the hashes of the files. */
export async function openRoom(folder: string, files?: StoreFiles): Promise<Opened> {
  const notices: StoreNotice[] = []
  const store = openStore({
    folder,
    now: () => SEEN_MS,
    onNotice: (notice) => notices.push(notice),
    ...(files === undefined ? {} : { files }),
  })
  const hashes = await store.fileHashes(ROOT)
  const stored = await store.describe(SPACE)
  const description = stored?.description ?? { kind: 'images', model: 'drawn' }
  return { space: await store.openSpace(SPACE, stored?.dim ?? DIM, description), hashes, notices }
}

/** Opens a store, makes what is missing of the first `count` images, in batches, and remembers their files: what `embed` does. Gives
 *  whether all of it is kept. */
export async function embedRoom(
  folder: string,
  count: number,
  files?: StoreFiles,
): Promise<{ readonly isKept: boolean }> {
  const { space, hashes } = await openRoom(folder, files)
  const missing = await space.read(keysTo(count), () => undefined)
  if (missing.length === 0) return { isKept: true }
  try {
    await space.startWriting(SETTINGS, { onWait: () => undefined })
    const left = missing.filter((index) => !space.has(keyOf(index)))
    for (let start = 0; start < left.length; start += 4) {
      const batch = left.slice(start, start + 4)
      await space.append(batch.flatMap((index) => records(index, index + 1)))
      for (const index of batch) {
        hashes.remember(fileOf(index), stateOf(index), keyOf(index), SEEN_MS)
        hashes.keep(boxOf(index))
      }
    }
  } finally {
    await space.finishWriting()
    await hashes.save()
  }
  return { isKept: space.isKept() }
}

export function keysTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => keyOf(index))
}

export const fileOf = (index: number): string => join(ROOT, `${index}.png`)
export const stateOf = (index: number): FileState => ({ size: BigInt(index), mtimeNs: 5n, ctimeNs: 7n, ino: 9n })
/** What the vector of a part of an image would be kept under. */
export const boxOf = (index: number): string => keyOf(1_000_000 + index)

export type Seen = {
  /** Images that are given back with their own vector. */
  readonly whole: ReadonlySet<number>
  /** Images that are given a vector which is not theirs, and files that are said to hold what they do not. */
  readonly wrong: number
  /** Images whose part is noted for a purge. */
  readonly noted: ReadonlySet<number>
}

/** Looks at a store as the next run finds it. */
export async function lookInto(folder: string, count: number): Promise<Seen> {
  const { space, hashes } = await openRoom(folder)
  const whole = new Set<number>()
  let wrong = 0
  await space.read(keysTo(count), (index, vector, note) => {
    const right = vectorOf(index)
    if (note === index % 3 && vector.length === DIM && right.every((value, place) => vector[place] === value))
      whole.add(index)
    else wrong++
  })
  const contents = new Set(hashes.contents())
  const noted = new Set<number>()
  for (let index = 0; index < count; index++) {
    if (contents.has(boxOf(index))) noted.add(index)
    const known = hashes.known(fileOf(index), stateOf(index))
    if (known !== null && known !== keyOf(index)) wrong++
  }
  return { whole, wrong, noted }
}

/** Makes the locks of this process those of one that has ended: the loops go on where a real process would have died. */
export function endProcess(folder: string): void {
  for (const place of ['files', join('spaces', SPACE)].map((path) => join(folder, path))) {
    const names = existsSync(place) ? readdirSync(place).filter((name) => LOCK.test(name)) : []
    for (const lock of names.map((name) => join(place, name))) {
      try {
        writeFileSync(lock, JSON.stringify({ ...(JSON.parse(readFileSync(lock, 'utf8')) as object), started: '1' }))
      } catch {
        utimesSync(lock, 0, 0) // half a holder, or a guard: it would be waited for until it is old enough
      }
    }
  }
}

/** Locks of writers, of the manifest, and what is there for the moment in which one is cleared away. */
const LOCK = /^(lock|manifest-lock|lock-[0-9a-f]{16})(\.clearing)?$/

/** The file of an index, temporary ones included, and every file of the space. */
export function filesOfRoom(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Whatever `work` comes to; one that takes longer than any run of a loop may is a hang. */
export async function outcomeOf(
  work: Promise<unknown>,
  seconds = 30,
): Promise<{ readonly error: unknown; readonly isHung: boolean }> {
  let timer: NodeJS.Timeout | undefined
  const hung = new Promise<'hung'>((resolve) => (timer = setTimeout(resolve, seconds * 1_000, 'hung')))
  try {
    const ended = await Promise.race([work, hung])
    return { error: null, isHung: ended === 'hung' }
  } catch (error) {
    return { error, isHung: false }
  } finally {
    clearTimeout(timer)
  }
}
