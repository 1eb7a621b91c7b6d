import { parse } from 'node:path'
import { quoted, type Fault } from '../errors.js'
import type { DatasetPlan } from '../types/definitions.js'
import { needsOf } from './dataset-needs.js'
import { COMMAND_LINE } from './plan-flags.js'
import { planReading } from './plan-reading.js'
import { existing, planPlaces } from './plan-places.js'
import { DATASET_FORMATS } from './plan-words.js'
import type { PlanSettings } from './plan-settings.js'
import { oneOf } from './words.js'

const FAIRFACE_CROPS = ['0.25', '1.25'] // the two paddings that FairFace is published with

/** The dataset of a plan, or null with faults that say what is missing and how to name it. No image and no label is read. */
export function planDataset(settings: PlanSettings, faults: Fault[]): DatasetPlan | null {
  const { format, labels, images, models = [], fromDecisions = [], fromEmbeddings = [] } = settings
  const isFormatRefused = faults.some(({ field }) => field === '--dataset') // said once already
  if (format === undefined && !isFormatRefused) {
    const hint = 'Name it with --dataset, or under dataset: format: in the plan.'
    faults.push({ at: COMMAND_LINE, field: '--dataset', expected: oneOf(DATASET_FORMATS), received: 'nothing', hint })
  }
  const isOpened = models.length > 0 || fromDecisions.length + fromEmbeddings.length === 0 // decisions and vectors need no image
  const named = { labels: { setting: labels, flag: '--labels' }, images: { setting: images, flag: '--images' } }
  const places = planPlaces(format?.value, named, { isOpened }, faults)
  const joins = (settings.join ?? []).flatMap((join) => existing(join, '--join', 'file', '', faults) ?? [])
  const read = planReading(settings, format?.value, faults)
  checkCrop(settings, faults)
  if (format === undefined || places.labels === null) return null
  return {
    format: format.value,
    id: settings.datasetId?.value ?? needsOf(format.value).id ?? parse(places.labels).name,
    ...places,
    labels: places.labels,
    crop: settings.crop?.value ?? null,
    ...read,
    ...(joins.length === 0 ? {} : { join: joins }),
    where: settings.where ?? [],
    unknownValues: settings.unknownValues?.value ?? 'refuse',
    followOutside: settings.followOutside?.value ?? false,
    licence: settings.licence?.value ?? null,
    simulated: settings.simulated?.value ?? false,
  }
}

function checkCrop({ format, crop, simulated }: PlanSettings, faults: Fault[]): void {
  if (format?.value !== 'fairface' || crop === undefined || simulated?.value === true) return
  if (FAIRFACE_CROPS.includes(crop.value)) return
  const { at, field, value } = crop
  faults.push({ at, field, expected: `${oneOf(FAIRFACE_CROPS)}, the crops of FairFace`, received: quoted(value) })
}
