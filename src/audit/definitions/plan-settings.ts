import type {
  Acknowledgement,
  DatasetFormat,
  DecisionsFormat,
  SystemDescription,
  WhereFilter,
} from '../types/definitions.js'
import type { AUTO_DTYPE, Dtypes } from '../types/dtype.js'
import type { Reference } from '../types/groups.js'
import type { Reading } from '../types/reading.js'
import type { Folder } from './locate.js'

/** One choice of the user with its origin: where messages point, and which folder its paths are relative to. */
export type Setting<Value> = {
  readonly value: Value
  readonly at: string
  readonly field: string
  readonly folder: Folder
  /** A definition that a program holds: what would stand in the file that `value` would name. */
  readonly text?: string
}

/** How rows are read, with the columns and the unit of a box apart: the command line may name the columns alone. */
export type ReadingSettings = Omit<Reading, 'box'> & {
  readonly boxColumns?: readonly string[]
  readonly boxUnit?: 'pixel' | 'share'
}

/** Attribute (or the reserved `image`, `id`, `subject`, `box`) to column. */
export type ColumnChoice = { readonly attribute: string; readonly column: string }

/** What a plan file or the command line says; absent parts are undefined. */
export type PlanSettings = {
  readonly system?: Setting<SystemDescription> | undefined
  readonly models?: readonly Setting<string>[] | undefined
  readonly fromDecisions?: readonly Setting<string>[] | undefined
  readonly fromEmbeddings?: readonly Setting<string>[] | undefined
  /** `image` or a label set to a column of the decisions files. */
  readonly decisionsMap?: readonly ColumnChoice[] | undefined
  readonly format?: Setting<DatasetFormat> | undefined
  readonly datasetId?: Setting<string> | undefined
  readonly labels?: Setting<string> | undefined
  readonly images?: Setting<string> | undefined
  readonly crop?: Setting<string> | undefined
  readonly map?: readonly ColumnChoice[] | undefined
  readonly join?: readonly Setting<string>[] | undefined
  readonly reading?: ReadingSettings | undefined
  readonly where?: readonly WhereFilter[] | undefined
  readonly unknownValues?: Setting<'refuse' | 'keep'> | undefined
  readonly followOutside?: Setting<boolean> | undefined
  readonly licence?: Setting<string> | undefined
  readonly simulated?: Setting<boolean> | undefined
  readonly probes?: readonly Setting<string>[] | undefined
  readonly labelSets?: readonly Setting<string>[] | undefined
  readonly reference?: Setting<Reference> | undefined
  readonly policy?: Setting<string> | undefined
  readonly failOn?: readonly 'disparity'[] | undefined
  readonly seed?: Setting<number> | undefined
  readonly logitScale?: Setting<number> | undefined
  readonly logitBias?: Setting<number> | undefined
  readonly dtype?: Setting<Dtypes | typeof AUTO_DTYPE> | undefined
  readonly out?: Setting<string> | undefined
  readonly decisions?: Setting<boolean | DecisionsFormat> | undefined
  readonly resize?: Setting<'exact' | 'fast'> | undefined
  readonly isolate?: Setting<boolean> | undefined
  readonly ablate?: Setting<boolean> | undefined
  /** Texts of neutral labels to add, one after the other. */
  readonly alternatives?: readonly Setting<string>[] | undefined
  readonly captions?: Setting<string> | undefined
  readonly acknowledge?: readonly Acknowledgement[] | undefined
  readonly train?: TrainSettings | undefined
}

/** The images from which classifiers are fitted. */
export type TrainSettings = Pick<
  PlanSettings,
  | 'format'
  | 'datasetId'
  | 'labels'
  | 'images'
  | 'crop'
  | 'map'
  | 'join'
  | 'reading'
  | 'where'
  | 'unknownValues'
  | 'followOutside'
>

/** The command line's settings over the file's. Lists replace each other whole; `map` and `where` do so attribute by attribute. */
export function mergeSettings(file: PlanSettings, flags: PlanSettings): PlanSettings {
  const given = Object.fromEntries(Object.entries(flags).filter(([, setting]) => setting !== undefined))
  const evidenceIsGiven = [flags.models, flags.fromDecisions, flags.fromEmbeddings].some((given) => given !== undefined)
  return {
    ...file,
    // what the command line names to audit takes the place of all that the file names
    ...(evidenceIsGiven ? { models: undefined, fromDecisions: undefined, fromEmbeddings: undefined } : {}),
    ...given,
    ...(file.train === undefined && flags.train === undefined ? {} : { train: { ...file.train, ...flags.train } }),
    map: mergeByAttribute(file.map, flags.map),
    reading: mergeReading(file.reading, flags),
    where: mergeByAttribute(file.where, flags.where),
  }
}

function mergeReading(
  file: ReadingSettings | undefined,
  { reading: flags, map }: Pick<PlanSettings, 'reading' | 'map'>,
): ReadingSettings | undefined {
  if (file === undefined && flags === undefined) return undefined
  const box = map?.find(({ attribute }) => attribute === 'box') // columns as well: `--map box=left,top,width,height`
  return { ...file, ...flags, ...(box === undefined ? {} : { boxColumns: box.column.split(',') }) }
}

function mergeByAttribute<Entry extends { readonly attribute: string }>(
  file: readonly Entry[] = [],
  flags: readonly Entry[] = [],
): readonly Entry[] {
  const overridden = new Set(flags.map(({ attribute }) => attribute))
  return [...file.filter(({ attribute }) => !overridden.has(attribute)), ...flags]
}
