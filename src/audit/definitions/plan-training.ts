import { parse } from 'node:path'
import { quoted, type Fault } from '../errors.js'
import type { DatasetPlan, Probe } from '../types/definitions.js'
import { IDENTITY } from '../types/measures.js'
import { planReading } from './plan-reading.js'
import { existing, planPlaces } from './plan-places.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings } from './plan-settings.js'

/** The images from which the classifiers of a linear probe are fitted. null where no probe fits any, and with faults that say what is missing. What
 *  `train` leaves out is as in the audited dataset, but for the filter of rows. */
export function planTraining(probes: readonly Probe[], settings: PlanSettings, faults: Fault[]): DatasetPlan | null {
  const fitting = probes.find(({ measure }) => measure.kind === 'linear-probe')
  const { train = {}, models = [] } = settings
  if (fitting === undefined) {
    const given = train.labels ?? train.images
    if (given !== undefined) {
      const { at, field, value } = given
      const hint = 'Add --probe linear-probe, or leave the training images out.'
      faults.push({ at, field, expected: 'a probe that fits classifiers beside them', received: quoted(value), hint })
    }
    return null
  }
  if (models.length === 0) {
    const expected = `a model, because the probe ${fitting.id} fits classifiers to its vectors`
    faults.push({ at: COMMAND_LINE, field: '--model', expected, received: 'none' })
    return null
  }
  const format = train.format ?? settings.format
  const why = `The probe ${fitting.id} fits classifiers to images that are not audited, such as the training split of FairFace. `
  const named = {
    labels: { setting: train.labels, flag: '--train' },
    images: { setting: train.images, flag: '--train-images' },
  }
  const { labels, images } = planPlaces(format?.value, named, { isOpened: true, why }, faults)
  const map = train.map ?? settings.map?.filter(({ attribute }) => attribute !== IDENTITY) ?? []
  const read = planReading({ map, reading: train.reading ?? settings.reading }, format?.value, faults)
  if (labels === null || format === undefined) return null
  const joins = (train.join ?? []).flatMap((join) => existing(join, '--join', 'file', '', faults) ?? [])
  return {
    format: format.value,
    id: train.datasetId?.value ?? parse(labels).name,
    labels,
    images,
    crop: (train.crop ?? settings.crop)?.value ?? null,
    ...read,
    ...(joins.length === 0 ? {} : { join: joins }),
    where: train.where ?? [],
    unknownValues: (train.unknownValues ?? settings.unknownValues)?.value ?? 'refuse',
    followOutside: (train.followOutside ?? settings.followOutside)?.value ?? false,
    licence: null,
    simulated: settings.simulated?.value ?? false,
  }
}
