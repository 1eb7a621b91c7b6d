import { quoted, type Fault } from '../errors.js'
import type { WhereFilter } from '../types/definitions.js'
import type { AttributePair, Reference } from '../types/groups.js'
import type { Folder } from './locate.js'
import {
  ACKNOWLEDGEMENTS,
  DATASET_FORMATS,
  DECISIONS_FORMATS,
  FAIL_ON,
  LARGEST_LOGIT_BIAS,
  LARGEST_LOGIT_SCALE,
  LARGEST_SEED,
  REFERENCE_WORDS,
  RESIZE_MODES,
  UNKNOWN_VALUES,
} from './plan-words.js'
import { readDtypesFlag } from './read-dtypes.js'
import type { PlanSettings, Setting, TrainSettings } from './plan-settings.js'
import { didYouMean, oneOf } from './words.js'
import { readReading, type LabelFileFlags, type Refuse } from './reading-flags.js'

/** The flags of `probity audit` that make up a plan, as text. */
export type PlanFlags = LabelFileFlags & {
  readonly model?: readonly string[] | undefined
  readonly dataset?: string | undefined
  readonly images?: string | undefined
  readonly labels?: string | undefined
  readonly map?: readonly string[] | undefined
  readonly join?: readonly string[] | undefined
  readonly crop?: string | undefined
  readonly where?: readonly string[] | undefined
  readonly probe?: readonly string[] | undefined
  readonly labelSet?: readonly string[] | undefined
  readonly reference?: string | undefined
  readonly policy?: string | undefined
  readonly seed?: string | undefined
  readonly logitScale?: string | undefined
  readonly logitBias?: string | undefined
  readonly dtype?: string | undefined
  readonly out?: string | undefined
  readonly decisions?: boolean | undefined
  readonly decisionsFormat?: string | undefined
  readonly fromDecisions?: readonly string[] | undefined
  readonly fromEmbeddings?: readonly string[] | undefined
  readonly decisionsMap?: readonly string[] | undefined
  readonly failOn?: readonly string[] | undefined
  readonly train?: string | undefined
  readonly trainImages?: string | undefined
  readonly resize?: string | undefined
  readonly unknownValues?: string | undefined
  readonly followOutside?: boolean | undefined
  readonly ablate?: boolean | undefined
  readonly alternative?: readonly string[] | undefined
  readonly captions?: string | undefined
  readonly acknowledge?: readonly string[] | undefined
}

/** Where messages about flags point. */
export const COMMAND_LINE = 'command line'

/** Reads the flags; paths are relative to `folder`. What cannot be read becomes a fault and stays undefined. */
export function settingsFromFlags(
  flags: PlanFlags,
  folder: Folder,
): { settings: PlanSettings; faults: readonly Fault[] } {
  const faults: Fault[] = []
  const refuse = (field: string, expected: string, text: string, hint?: string): undefined => {
    const fault = { at: COMMAND_LINE, field, expected, received: quoted(text) }
    faults.push(hint === undefined ? fault : { ...fault, hint })
  }
  const one = <Value>(field: string, value: Value | undefined): Setting<Value> | undefined =>
    value === undefined ? undefined : { value, at: COMMAND_LINE, field, folder }
  const many = (field: string, values?: readonly string[]): readonly Setting<string>[] | undefined =>
    values?.map((value) => ({ value, at: COMMAND_LINE, field, folder }))
  const word = <Word extends string>(field: string, words: readonly Word[], text?: string): Word | undefined =>
    text === undefined
      ? undefined
      : (words.find((each) => each === text) ?? refuse(field, oneOf(words), text, didYouMean(text, words)))
  const train: TrainSettings = {
    ...(flags.train === undefined ? {} : { labels: one('--train', flags.train) }),
    ...(flags.trainImages === undefined ? {} : { images: one('--train-images', flags.trainImages) }),
  }
  const settings = {
    models: many('--model', flags.model),
    fromDecisions: many('--from-decisions', flags.fromDecisions),
    fromEmbeddings: many('--from-embeddings', flags.fromEmbeddings),
    format: one('--dataset', word('--dataset', DATASET_FORMATS, flags.dataset)),
    labels: one('--labels', flags.labels),
    images: one('--images', flags.images),
    join: many('--join', flags.join),
    crop: one('--crop', flags.crop),
    reading: readReading(flags, refuse),
    decisionsMap: flags.decisionsMap?.flatMap((text) =>
      readMap('--decisions-map', 'name=column, such as fairface-race=race_preds', text, refuse),
    ),
    map: flags.map?.flatMap((text) => readMap('--map', 'attribute=column, such as race=ethnicity', text, refuse)),
    where: joinWhere(flags.where?.flatMap((text) => readWhere(text, refuse))),
    unknownValues: one('--unknown-values', word('--unknown-values', UNKNOWN_VALUES, flags.unknownValues)),
    followOutside: one('--follow-outside', flags.followOutside),
    probes: many('--probe', flags.probe),
    labelSets: many('--label-set', flags.labelSet),
    reference: one('--reference', readReference(flags.reference, refuse)),
    policy: one('--policy', flags.policy),
    failOn: flags.failOn?.flatMap((text) => word('--fail-on', FAIL_ON, text) ?? []),
    seed: one('--seed', readSeed(flags.seed, refuse)),
    logitScale: one('--logit-scale', readLogitScale(flags.logitScale, refuse)),
    logitBias: one('--logit-bias', readLogitBias(flags.logitBias, refuse)),
    dtype: one('--dtype', readDtypesFlag(flags.dtype, refuse)),
    out: one('--out', flags.out),
    decisions:
      one('--decisions-format', word('--decisions-format', DECISIONS_FORMATS, flags.decisionsFormat)) ??
      one('--decisions', flags.decisions),
    train: Object.keys(train).length === 0 ? undefined : train,
    resize: one('--resize', word('--resize', RESIZE_MODES, flags.resize)),
    ablate: one('--ablate', flags.ablate),
    alternatives: many('--alternative', flags.alternative),
    captions: one('--captions', flags.captions),
    acknowledge: flags.acknowledge?.flatMap((text) => word('--acknowledge', ACKNOWLEDGEMENTS, text) ?? []),
  }
  return { settings, faults }
}

function readMap(
  field: string,
  expected: string,
  text: string,
  refuse: Refuse,
): { attribute: string; column: string }[] {
  const pair = splitPair(text)
  if (pair !== null) return [{ attribute: pair[0], column: pair[1] }]
  refuse(field, expected, text)
  return []
}

function readWhere(text: string, refuse: Refuse): WhereFilter[] {
  const pair = splitPair(text)
  const values = pair?.[1].split(',') ?? ['']
  if (pair !== null && !values.includes('')) return [{ attribute: pair[0], values }]
  refuse('--where', 'attribute=value or attribute=value,value, such as race=Black,White', text)
  return []
}

/** `--where race=Black --where race=White` keeps both. */
function joinWhere(filters: readonly WhereFilter[] | undefined): readonly WhereFilter[] | undefined {
  const byAttribute = new Map<string, string[]>()
  for (const { attribute, values } of filters ?? [])
    byAttribute.set(attribute, [...new Set([...(byAttribute.get(attribute) ?? []), ...values])])
  return filters && [...byAttribute].map(([attribute, values]) => ({ attribute, values }))
}

function readReference(text: string | undefined, refuse: Refuse): Reference | undefined {
  if (text === undefined) return undefined
  const kind = REFERENCE_WORDS.find((word) => word === text)
  if (kind !== undefined) return { kind }
  const pairs = text.split(',').map(splitPair)
  const group = pairs.filter((pair) => pair !== null)
  const isOncePerAttribute = new Set(group.map(([attribute]) => attribute)).size === pairs.length
  if (isOncePerAttribute) return { kind: 'named', group }
  const expected = `${REFERENCE_WORDS.join(', ')} or a group such as race=White or race=White,gender=Male`
  return refuse('--reference', expected, text, didYouMean(text, REFERENCE_WORDS))
}

function readSeed(text: string | undefined, refuse: Refuse): number | undefined {
  if (text === undefined) return undefined
  const seed = Number(text)
  return /^[0-9]{1,10}$/.test(text) && seed <= LARGEST_SEED
    ? seed
    : refuse('--seed', `a whole number from 0 to ${LARGEST_SEED}`, text)
}

function readLogitScale(text: string | undefined, refuse: Refuse): number | undefined {
  if (text === undefined) return undefined
  const scale = Number(text)
  return /^[0-9]+(\.[0-9]+)?$/.test(text) && scale > 0 && scale <= LARGEST_LOGIT_SCALE
    ? scale
    : refuse('--logit-scale', `a number above 0, at most ${LARGEST_LOGIT_SCALE}`, text)
}

function readLogitBias(text: string | undefined, refuse: Refuse): number | undefined {
  if (text === undefined) return undefined
  const bias = Number(text)
  return /^-?[0-9]+(\.[0-9]+)?$/.test(text) && Math.abs(bias) <= LARGEST_LOGIT_BIAS
    ? bias
    : refuse('--logit-bias', `a number such as -12.9, at most ${LARGEST_LOGIT_BIAS} from 0`, text)
}

/** `race=White` at its first `=`; null when either side is empty. */
function splitPair(text: string): AttributePair | null {
  const cut = text.indexOf('=')
  return cut < 1 || cut === text.length - 1 ? null : [text.slice(0, cut), text.slice(cut + 1)]
}
