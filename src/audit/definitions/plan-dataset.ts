import { parse } from 'node:path'
import { statSync } from 'node:fs'
import { quoted, type Fault } from '../errors.js'
import type { DatasetPlan } from '../types/definitions.js'
import { within } from './locate.js'
import { COMMAND_LINE } from './plan-flags.js'
import { DATASET_FORMATS } from './plan-words.js'
import type { PlanSettings, Setting } from './plan-settings.js'
import { oneOf } from './words.js'

const FAIRFACE_CROPS = ['0.25', '1.25'] // the two paddings that FairFace is published with

/** The dataset of a plan, or null with faults that say what is missing and how to name it. No image and no label is read. */
export function planDataset(settings: PlanSettings, faults: Fault[]): DatasetPlan | null {
  const { format, labels, images, models = [], fromDecisions = [] } = settings
  const isFormatRefused = faults.some(({ field }) => field === '--dataset') // said once already
  if (format === undefined && !isFormatRefused) {
    const hint = 'Name it with --dataset, or under dataset: format: in the plan.'
    faults.push({ at: COMMAND_LINE, field: '--dataset', expected: oneOf(DATASET_FORMATS), received: 'nothing', hint })
  }
  const labelFile = existing(labels, '--labels', 'file', LABELS_HINT, faults)
  const isOpened = models.length > 0 || fromDecisions.length === 0 // decisions need no image
  const folder = isOpened ? existing(images, '--images', 'folder', IMAGES_HINT, faults) : null
  const joins = (settings.join ?? []).flatMap((join) => existing(join, '--join', 'file', '', faults) ?? [])
  checkCrop(settings, faults)
  if (format === undefined || labelFile === null) return null
  return {
    format: format.value,
    id: settings.datasetId?.value ?? (format.value === 'fairface' ? 'fairface' : parse(labelFile).name),
    labels: labelFile,
    images: folder,
    crop: settings.crop?.value ?? null,
    map: settings.map ?? [],
    ...(joins.length === 0 ? {} : { join: joins }),
    where: settings.where ?? [],
    unknownValues: settings.unknownValues?.value ?? 'refuse',
    followOutside: settings.followOutside?.value ?? false,
    licence: settings.licence?.value ?? null,
    simulated: settings.simulated?.value ?? false,
  }
}

const LABELS_HINT = 'Name it with --labels, for FairFace for example fairface_label_val.csv.'
const IMAGES_HINT = 'Name it with --images: the folder that the image column of the label file is relative to.'

/** The absolute path of a file or folder that must be there; null with a fault otherwise. */
export function existing(
  setting: Setting<string> | undefined,
  flag: string,
  what: 'file' | 'folder',
  missingHint: string,
  faults: Fault[],
): string | null {
  if (setting === undefined) {
    faults.push({ at: COMMAND_LINE, field: flag, expected: `a ${what}`, received: 'nothing', hint: missingHint })
    return null
  }
  const { value, at, field, folder } = setting
  const { file } = within(folder, value)
  const found = value.includes('\0') ? undefined : statSync(file, { throwIfNoEntry: false })
  const isThere = what === 'file' ? found?.isFile() : found?.isDirectory()
  if (isThere === true) return file
  const received = `${quoted(value)}, ${found === undefined ? 'where nothing is' : `which is not a ${what}`}`
  const from = at === COMMAND_LINE ? 'the folder where the command runs' : 'the folder of the plan'
  faults.push({ at, field, expected: `a ${what}`, received, hint: `Check the path; relative paths start at ${from}.` })
  return null
}

function checkCrop({ format, crop, simulated }: PlanSettings, faults: Fault[]): void {
  if (format?.value !== 'fairface' || crop === undefined || simulated?.value === true) return
  if (FAIRFACE_CROPS.includes(crop.value)) return
  const { at, field, value } = crop
  faults.push({ at, field, expected: `${oneOf(FAIRFACE_CROPS)}, the crops of FairFace`, received: quoted(value) })
}
