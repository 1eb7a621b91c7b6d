import type { Reference } from '../types/groups.js'
import { checkYaml } from './check-yaml.js'
import { folderOf, type Folder, type Located } from './locate.js'
import { planSchema, type WrittenPlan } from './plan-schema.js'
import { dtypesOf } from './read-dtypes.js'
import type { PlanSettings, Setting, TrainSettings } from './plan-settings.js'
import { asList } from './schema-words.js'
import { readYaml, type YamlDocument } from './yaml-file.js'
import { writtenMap, writtenReading } from './written-reading.js'
import { fieldOf, placeOf, type Path } from './yaml-place.js'

/** Reads a plan file. Throws DefinitionError with all faults of its form; what it names is looked for later. */
export function readPlanFile(located: Located): PlanSettings {
  return settingsFromDocument(readYaml(located.file, located.shown), folderOf(located))
}

/** The same from a document; its paths are relative to `folder`. */
export function settingsFromDocument(document: YamlDocument, folder: Folder): PlanSettings {
  const written = checkYaml(planSchema, document)
  const setting = <Value>(path: Path, value: Value): Setting<Value> => ({
    value,
    at: placeOf(document, path),
    field: fieldOf(path),
    folder,
  })
  return settingsOf(written, setting)
}

type ToSetting = <Value>(path: Path, value: Value) => Setting<Value>

function settingsOf(written: WrittenPlan, setting: ToSetting): PlanSettings {
  const one = <Value>(path: Path, value: Value | undefined): Setting<Value> | undefined =>
    value === undefined ? undefined : setting(path, value)
  const many = (field: string, values: readonly string[] | undefined): readonly Setting<string>[] | undefined =>
    values?.map((value, index) => setting([field, index], value))
  const severalOf = (
    field: string,
    written: string | readonly string[] | undefined,
  ): readonly Setting<string>[] | undefined =>
    typeof written === 'string' ? [setting([field], written)] : many(field, written)
  return {
    ...datasetSettings('dataset', written.dataset ?? {}, one),
    system: one(['system'], written.system && [...written.system]),
    models: many('models', written.models),
    fromDecisions: severalOf('fromDecisions', written.fromDecisions),
    fromEmbeddings: severalOf('fromEmbeddings', written.fromEmbeddings),
    decisionsMap:
      written.decisionsMap && [...written.decisionsMap].map(([attribute, column]) => ({ attribute, column })),
    probes: many('probes', written.probes),
    labelSets: many('labelSets', written.labelSets),
    reference: one(['reference'], written.reference && toReference(written.reference)),
    policy: one(['policy'], written.policy),
    seed: one(['seed'], written.seed),
    logitScale: one(['logitScale'], written.logitScale),
    logitBias: one(['logitBias'], written.logitBias),
    dtype: one(['dtype'], written.dtype && dtypesOf(written.dtype)),
    out: one(['output'], written.output),
    decisions: one(['decisionsFormat'], written.decisionsFormat) ?? one(['decisions'], written.decisions),
    captions: one(['captions'], written.captions),
    acknowledge: written.acknowledge,
    train: written.train && trainSettings(written.train, one),
    resize: one(['resize'], written.resize),
    isolate: one(['isolate'], written.isolate),
    ...ablateSettings(written.ablate, setting),
  }
}

function ablateSettings(ablate: WrittenPlan['ablate'], setting: ToSetting): PlanSettings {
  if (ablate === undefined || typeof ablate === 'boolean')
    return { ablate: ablate === undefined ? undefined : setting(['ablate'], ablate) }
  return {
    ablate: setting(['ablate'], true),
    alternatives: ablate.alternatives.map((text, index) => setting(['ablate', 'alternatives', index], text)),
  }
}

type ToOptionalSetting = <Value>(path: Path, value: Value | undefined) => Setting<Value> | undefined

/** What `train:` names, without what it leaves out: the audited dataset, or a flag, says that. */
function trainSettings(train: NonNullable<WrittenPlan['train']>, one: ToOptionalSetting): TrainSettings {
  const { map, where, ...settings } = datasetSettings('train', train, one)
  const given = Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined))
  const isMapped = train.map !== undefined || train.columns !== undefined || train.attributes !== undefined
  return { ...given, ...(isMapped ? { map } : {}), ...(train.where === undefined ? {} : { where }) }
}

function datasetSettings(
  block: 'dataset' | 'train',
  dataset: NonNullable<WrittenPlan['dataset']>,
  one: ToOptionalSetting,
): PlanSettings {
  return {
    format: one([block, 'format'], dataset.format),
    datasetId: one([block, 'id'], dataset.id),
    labels: one([block, 'labels'], dataset.labels),
    images: one([block, 'images'], dataset.images),
    crop: one([block, 'crop'], dataset.crop),
    map: writtenMap(dataset),
    reading: writtenReading(dataset),
    join:
      dataset.join === undefined
        ? undefined
        : asList(dataset.join).flatMap(
            (file, index) =>
              one(typeof dataset.join === 'string' ? [block, 'join'] : [block, 'join', index], file) ?? [],
          ),
    where: [...(dataset.where ?? [])].map(([attribute, values]) => ({ attribute, values: asList(values) })),
    unknownValues: one([block, 'unknownValues'], dataset.unknownValues),
    followOutside: one([block, 'followOutside'], dataset.followOutside),
    licence: one([block, 'licence'], dataset.licence),
    simulated: one([block, 'simulated'], dataset.simulated),
  }
}

function toReference(reference: NonNullable<WrittenPlan['reference']>): Reference {
  return typeof reference === 'string' ? { kind: reference } : { kind: 'named', group: [...reference] }
}
