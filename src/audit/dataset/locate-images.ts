import { realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, resolve } from 'node:path'
import { DatasetError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import type { Quarantine, Warning } from '../types/dataset.js'
import type { DatasetPlan } from '../types/definitions.js'
import { imageFinder } from './image-finder.js'
import type { ImageFinder } from './image-finder.js'
import { imageKey } from './image-key.js'
import type { RawColumns } from './raw-columns.js'
import { MOST_FAULTS, fault } from './refusals.js'

export type LocatedImages = {
  /** Absolute paths, one per row; '' where the row is skipped or its image cannot be used. Null when images are not looked for. */
  readonly paths: readonly string[] | null
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
}

/** Finds the image of every row that is not skipped. No image is opened. Throws DatasetError when the root is no folder, when a folder has
 *  a name in both Unicode forms, and when not one image can be found (mostly a wrong root). */
export async function locateImages(
  plan: DatasetPlan,
  raw: Pick<RawColumns, 'images' | 'lines'> & Partial<Pick<RawColumns, 'places'>>,
  isSkipped: (row: number) => boolean,
  listed: ReadonlyMap<string, number>,
): Promise<LocatedImages> {
  if (plan.images === null) return { paths: null, quarantined: new Map(), warnings: [] }
  const insides = raw.images.map((_, row) => (isSkipped(row) ? '' : raw.places?.[row]?.inside?.path))
  if (insides.every((path) => path !== undefined) && raw.places?.some((place) => place?.inside !== undefined) === true)
    return { paths: insides, quarantined: new Map(), warnings: [] } // all lie in containers: there need not be a folder
  const root = resolve(plan.images)
  const finder = imageFinder(root, await realFolder(root, plan.images), plan.followOutside)
  const paths: string[] = raw.images.map(() => '')
  const quarantined = new Map<number, Quarantine>()
  const ambiguous: Fault[] = []
  let wanted = 0
  for (let row = 0; row < raw.images.length && ambiguous.length < MOST_FAULTS; row++) {
    if (isSkipped(row)) continue
    const inside = raw.places?.[row]?.inside
    if (inside !== undefined) {
      paths[row] = inside.path
      continue
    }
    wanted++
    const found = await finder.find(fileOf(raw, row))
    if ('value' in found) paths[row] = found.value
    else if ('fault' in found) quarantined.set(row, found.fault)
    else ambiguous.push(twoForms(`${plan.labels}:${raw.lines[row]}`, fileOf(raw, row)))
  }
  if (ambiguous.length > 0) throw new DatasetError('path.ambiguous', ambiguous)
  if (wanted > 0 && quarantined.size === wanted && [...quarantined.values()].every(isWrongPlace))
    throw noneFound(plan.images, plan.labels, (row) => fileOf(raw, row), quarantined)
  return { paths, quarantined, warnings: await notListedWarning(finder, filesOf(raw, listed), plan.labels) }
}

type Named = Pick<RawColumns, 'images'> & Partial<Pick<RawColumns, 'places'>>

/** The name of the file that a row's image is in. */
function fileOf({ images, places }: Named, row: number): string {
  return places?.[row]?.file ?? images[row]
}

/** Keys of all files that the label file names: those of its images, unless several images share a file. */
function filesOf(raw: Named, listed: ReadonlyMap<string, number>): ReadonlySet<string> {
  const shared = raw.places?.flatMap((place) => (place?.file === undefined ? [] : [imageKey(place.file)])) ?? []
  return new Set([...listed.keys(), ...shared])
}

/** What every row shows when the root is the wrong folder. */
function isWrongPlace({ code }: Quarantine): boolean {
  return code === 'file.missing' || code === 'path.escape'
}

async function realFolder(root: string, given: string): Promise<string> {
  const expected = 'a folder of images'
  try {
    if ((await stat(root)).isDirectory()) return await realpath(root)
  } catch (cause) {
    throw new DatasetError(
      'images.root',
      { at: given, field: 'images', expected, received: 'no such folder' },
      { cause },
    )
  }
  throw new DatasetError('images.root', { at: given, field: 'images', expected, received: 'something else' })
}

function twoForms(at: string, name: string): Fault {
  return fault({
    at,
    field: 'image',
    expected: `one file called ${quoted(name)}`,
    received: 'two, whose names differ only in their Unicode form (NFC and NFD)',
    hint: 'Keep one of them, or rename one',
  })
}

function noneFound(
  root: string,
  labels: string,
  nameOf: (row: number) => string,
  quarantined: ReadonlyMap<number, Quarantine>,
): DatasetError {
  const [row, { code, reason }] = [...quarantined][0]
  return new DatasetError('images.none-found', {
    at: root,
    field: 'images',
    expected: `the folder that the image names of ${basename(labels)} start from`,
    received: `a folder with none of the ${quarantined.size} images, for example ${quoted(nameOf(row))} (${code}: ${reason})`,
    hint: rootHint(root, nameOf(row)),
  })
}

function rootHint(root: string, name: string): string {
  const first = name.split('/')[0]
  if (isAbsolute(name)) return 'The names are absolute paths; use --follow-outside to allow them'
  if (name.includes('\\')) return 'The names are written with backslashes; write them with /'
  if (first !== name && basename(resolve(root)) === first)
    return `The names begin with ${quoted(first)}: name the folder that holds it`
  return 'Name the folder to which these names are relative with --images'
}

const IMAGE_NAME = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif|hei[cf]|jp2)$/i

/** Images beside the listed ones are counted, in the folders that the label file names; other folders may hold anything. */
async function notListedWarning(finder: ImageFinder, listed: ReadonlySet<string>, labels: string): Promise<Warning[]> {
  let count = 0
  for await (const [folder, listing] of finder.folders()) {
    const prefix = folder === '.' ? '' : `${folder}/`
    for (const [key, { kind }] of listing)
      if (kind !== 'folder' && IMAGE_NAME.test(key) && !listed.has(prefix + key)) count++
  }
  if (count === 0) return []
  const files =
    count === 1 ? '1 image file beside the listed ones is' : `${count} image files beside the listed ones are`
  const message = `${files} not in ${basename(labels)} and ${count === 1 ? 'is' : 'are'} not processed`
  return [{ code: 'file.not-listed', count, message }]
}
