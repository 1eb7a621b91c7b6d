import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { quoted, type Fault } from '../errors.js'
import type { DatasetFormat } from '../types/definitions.js'
import { needsOf, type Lying } from './dataset-needs.js'
import { within } from './locate.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { Setting } from './plan-settings.js'
import { oneOf } from './words.js'

/** Where labels and images of a dataset lie, as absolute paths; null where nothing usable is named, or nothing is needed. */
export type Places = { readonly labels: string | null; readonly images: string | null }

/** A path that the user named, and the flag that names it. */
type Named = { readonly setting: Setting<string> | undefined; readonly flag: string }

/** Finds what the format needs, and adds a fault for what is missing, of the wrong kind, or named though the format has no use for it.
 *  `isOpened`: images are opened; where they are not, a format with a label file needs none. Where the labels are in the names of the images or
 *  beside them, `labels` is where the images are. `why` comes before the hint
 *  of what is missing. */
export function planPlaces(
  format: DatasetFormat | undefined,
  named: { readonly labels: Named; readonly images: Named },
  { isOpened, why = '' }: { readonly isOpened: boolean; readonly why?: string },
  faults: Fault[],
): Places {
  const needs = needsOf(format)
  if (needs.parquet === 'always' || (needs.parquet === 'by-name' && isParquet(named.labels.setting)))
    return parquetPlaces(named, { hint: `${why}Name it with ${named.labels.flag}, ${PARQUET_HINT}.`, isOpened }, faults)
  const find = (what: readonly Lying[], { setting, flag }: Named, [after, hint]: readonly [string, string]) => {
    if (what.length > 0) return existing(setting, flag, what, `${why}Name it with ${flag}${after} ${hint}.`, faults)
    if (setting !== undefined) faults.push(noUse(setting, format, `Leave it out: ${hint}.`))
    return null
  }
  const labels = find(needs.labels, named.labels, [',', needs.labelsHint])
  const isNeeded = isOpened || needs.labels.length === 0
  const images = isNeeded ? find(needs.images, named.images, [':', needs.imagesHint]) : null
  return { labels: needs.labels.length === 0 ? images : labels, images: isOpened ? images : null }
}

const PARQUET_HINT = 'a .parquet file, or a folder of the files of one dataset'

/** Parquet with images inside needs one path, and either flag names it; the other is then the folder that names of image files are relative to. */
function parquetPlaces(
  { labels, images }: { readonly labels: Named; readonly images: Named },
  { hint, isOpened }: { readonly hint: string; readonly isOpened: boolean },
  faults: Fault[],
): Places {
  const file = existing(labels.setting ?? images.setting, labels.flag, ['file', 'folder'], hint, faults)
  const isBeside = labels.setting === undefined || images.setting === undefined
  const folder = isOpened && !isBeside ? existing(images.setting, images.flag, 'folder', '', faults) : null
  if (file === null || !isOpened) return { labels: file, images: null }
  return { labels: file, images: isBeside ? folderOf(file) : folder }
}

function folderOf(path: string): string {
  return statSync(path).isDirectory() ? path : dirname(path)
}

/** By the ending of the name, or because it is a folder. */
function isParquet(setting: Setting<string> | undefined): boolean {
  if (setting === undefined || setting.value.includes('\0')) return false
  const { file } = within(setting.folder, setting.value)
  return /\.parquet$/i.test(file) || statSync(file, { throwIfNoEntry: false })?.isDirectory() === true
}

function noUse({ at, field, value }: Setting<string>, format: DatasetFormat | undefined, hint: string): Fault {
  return { at, field, expected: `nothing for the format ${format}`, received: quoted(value), hint }
}

/** The absolute path of a file or folder that must be there; null with a fault otherwise. */
export function existing(
  setting: Setting<string> | undefined,
  flag: string,
  what: Lying | readonly Lying[],
  missingHint: string,
  faults: Fault[],
): string | null {
  const kinds = typeof what === 'string' ? [what] : what
  const expected = oneOf(kinds.map((kind) => `a ${kind}`))
  if (setting === undefined) {
    faults.push({ at: COMMAND_LINE, field: flag, expected, received: 'nothing', hint: missingHint })
    return null
  }
  const { value, at, field, folder } = setting
  const { file } = within(folder, value)
  const isPath = !value.includes('\0')
  const found = isPath ? statSync(file, { throwIfNoEntry: false }) : undefined
  const isThere = kinds.some((kind) => (kind === 'file' ? found?.isFile() : found?.isDirectory()))
  if (isThere) return file
  const received = `${quoted(value)}, ${found === undefined ? 'where nothing is' : `which is not ${expected}`}`
  const from = at === COMMAND_LINE ? 'the folder where the command runs' : 'the folder of the plan'
  const hint = `Check the path; relative paths start at ${from}.`
  faults.push({ at, field, expected, received, hint, ...(isPath && found === undefined ? { absent: true } : {}) })
  return null
}
