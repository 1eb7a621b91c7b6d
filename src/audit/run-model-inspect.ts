import { writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ModelError, ProbityError } from './errors.js'
import type { Fault } from './errors.js'
import { chooseEncoders, dtypesThere } from './model/encoder-files.js'
import type { DtypesThere, EncoderFiles } from './model/encoder-files.js'
import { familyOf } from './model/family.js'
import type { Family } from './model/family.js'
import type { ModelSignature } from './model/inference-protocol.js'
import { inspectTokenizer } from './model/inspect-tokenizer.js'
import type { InspectedTokenizer } from './model/inspect-tokenizer.js'
import { measureLogits } from './model/measure-logits.js'
import type { MeasuredLogits } from './model/measure-logits.js'
import { checkFile, externalDataFiles, readJsonObject } from './model/model-files.js'
import { OPEN_CLIP_CONFIG, preprocessorCure, proposePreprocessor } from './model/open-clip-config.js'
import type { ProposedPreprocessor } from './model/open-clip-config.js'
import { openModel } from './model/open-model.js'
import { preprocessingFacts } from './model/preprocessing.js'
import { FP32, LAYOUT_HINT, readModelFolder, refuseMissingFolder } from './model/read-model-folder.js'
import type { JsonObject } from './model/json-object.js'
import type { ModelFolder } from './model/read-model-folder.js'
import { readLogits } from './model/read-logits.js'
import type { FoundLogits } from './model/read-logits.js'
import { readPreprocessing } from './model/read-preprocessing.js'
import type { Dtypes } from './types/dtype.js'
import type { PreprocessingFacts } from './types/facts.js'
import type { Isolation } from './types/isolation.js'

/** One thing that is wrong with a folder, with its code. */
export type Problem = Fault & { readonly code: string }

/** What an encoder takes, and what trying it found out. */
export type InspectedEncoder = {
  readonly signature: ModelSignature
  readonly fixedBatch: number | null
  readonly isBatchInvariant: boolean
}

/** Everything that can be told of a model folder, usable or not. What could not be told is null. Plain JSON. */
export type ModelInspection = {
  readonly folder: string
  readonly name: string
  readonly isUsable: boolean
  readonly problems: readonly Problem[]
  readonly family: Family | null
  readonly dtypes: Dtypes
  readonly dtypesThere: DtypesThere
  readonly encoders: (EncoderFiles & { readonly externalData: readonly string[] | null }) | null
  readonly preprocessing: PreprocessingFacts | null
  /** Where there is no preprocessor_config.json, but OpenCLIP's own configuration. */
  readonly proposedPreprocessor: ProposedPreprocessor | null
  readonly tokenizer: InspectedTokenizer | null
  readonly logits: FoundLogits | null
  /** Of a combined file that keeps scale or bias to itself. */
  readonly measuredLogits: MeasuredLogits | null
  readonly dim: number | null
  readonly vision: InspectedEncoder | null
  readonly text: (InspectedEncoder & { readonly takesMask: boolean }) | null
}

/** Looks at every part of a model folder and tries its encoders on drawn images and two texts. What is wrong is listed, all of it, and not thrown. */
export async function runModelInspect(
  folder: string,
  dtypes: Dtypes = FP32,
  isolation?: Isolation,
): Promise<ModelInspection> {
  const problems: Problem[] = []
  const attempt = attemptInto(problems)
  const seen = await lookAtFiles(folder, dtypes, attempt)
  const read = problems.length === 0 ? await attempt(() => readModelFolder(folder, dtypes)) : null
  const tried = read === null ? null : await attempt(() => tryEncoders(read, isolation))
  const logits = seen.logits?.logits
  const isWanting = logits?.logitScale === null || logits?.logitBias === null
  return {
    folder,
    name: basename(resolve(folder)),
    isUsable: problems.length === 0,
    problems,
    dtypes,
    dtypesThere: dtypesThere(folder),
    ...seen,
    measuredLogits:
      read !== null && tried !== null && isWanting ? await attempt(() => measureLogits(read, isolation)) : null,
    dim: tried?.dim ?? null,
    vision: tried?.vision ?? null,
    text: tried?.text ?? null,
  }
}

/** Writes the `preprocessor_config.json` that OpenCLIP's configuration stands for; gives its path. Throws ModelError where one is there, or
 *  where there is nothing to write. */
export async function writeProposedPreprocessor(inspection: ModelInspection): Promise<string> {
  const at = join(inspection.folder, 'preprocessor_config.json')
  const refusal = (expected: string, received: string, hint: string) =>
    new ModelError('model.preprocessor-proposal', { at, expected, received, hint })
  const { proposedPreprocessor: proposed } = inspection
  if (proposed === null) {
    const expected = `no such file yet, and an ${OPEN_CLIP_CONFIG} to write it from`
    const hint = 'Take the file from where the model came from; nothing is guessed.'
    throw refusal(expected, inspection.preprocessing === null ? `no ${OPEN_CLIP_CONFIG}` : 'a file', hint)
  }
  if (proposed.file === null) {
    const hint = 'Write the file by hand, or take another export.'
    throw refusal(`settings that Probity follows in ${OPEN_CLIP_CONFIG}`, proposed.refused, hint)
  }
  await writeFile(at, `${JSON.stringify(proposed.file, null, 2)}\n`, { flag: 'wx' })
  return at
}

type Attempt = <Result>(work: () => Result | Promise<Result>) => Promise<Result | null>

/** Does a piece of work; where it is refused, notes why and gives null. The same fault twice is noted once. */
function attemptInto(problems: Problem[]): Attempt {
  return async (work) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ProbityError)) throw error
      const { code } = error
      const isKnown = (fault: Fault) => problems.some(({ at, field, received }) => at === fault.at && field === fault.field && received === fault.received) // prettier-ignore
      problems.push(...error.faults.filter((fault) => !isKnown(fault)).map((fault) => ({ code, ...fault })))
      return null
    }
  }
}

type Seen = Pick<
  ModelInspection,
  'family' | 'encoders' | 'preprocessing' | 'proposedPreprocessor' | 'tokenizer' | 'logits'
>

async function lookAtFiles(folder: string, dtypes: Dtypes, attempt: Attempt): Promise<Seen> {
  const isThere = (await attempt(async () => (await refuseMissingFolder(folder), true))) ?? false
  if (!isThere)
    return {
      family: null,
      encoders: null,
      preprocessing: null,
      proposedPreprocessor: null,
      tokenizer: null,
      logits: null,
    }
  const json = (file: string, hint = LAYOUT_HINT) => attempt(() => readWhole(folder, file, hint))
  const config = await json('config.json')
  const preprocessor = await json('preprocessor_config.json', preprocessorCure(folder) ?? LAYOUT_HINT)
  const tokenizer = await json('tokenizer.json')
  const tokenizerConfig = (await isMissing(folder, 'tokenizer_config.json')) ? {} : await json('tokenizer_config.json')
  const at = join(folder, 'preprocessor_config.json')
  const preprocessing = preprocessor === null ? null : await attempt(() => readPreprocessing(preprocessor, at))
  const openClip =
    preprocessor === null && !(await isMissing(folder, OPEN_CLIP_CONFIG)) ? await json(OPEN_CLIP_CONFIG) : null
  const files = await attempt(() => chooseEncoders(folder, dtypes))
  return {
    family: config === null ? null : familyOf(config),
    encoders: files === null ? null : { ...files, externalData: await attempt(() => weightsOf(folder, files)) },
    preprocessing: preprocessing === null ? null : preprocessingFacts(preprocessing, 'exact'),
    proposedPreprocessor: openClip === null ? null : proposePreprocessor(openClip),
    tokenizer:
      config === null || tokenizer === null || tokenizerConfig === null
        ? null
        : await attempt(() => inspectTokenizer({ folder, config, tokenizer, tokenizerConfig })),
    logits: config === null ? null : await attempt(() => readLogits(folder, config)),
  }
}

async function readWhole(folder: string, file: string, hint: string): Promise<JsonObject> {
  const bad = await checkFile(folder, file, hint)
  if (bad !== null) throw new ModelError(bad.code, bad.fault)
  return readJsonObject(folder, file)
}

async function isMissing(folder: string, file: string): Promise<boolean> {
  return (await checkFile(folder, file, ''))?.code === 'model.file-missing'
}

async function weightsOf(folder: string, { visionFile, textFile }: EncoderFiles): Promise<string[]> {
  const found: string[] = []
  for (const file of new Set([visionFile, textFile])) {
    const bad = await checkFile(folder, file, LAYOUT_HINT)
    if (bad !== null) throw new ModelError(bad.code, bad.fault)
    found.push(...(await externalDataFiles(folder, file)))
  }
  return [...new Set(found)]
}

async function tryEncoders(
  read: ModelFolder,
  isolation: Isolation | undefined,
): Promise<Pick<ModelInspection, 'dim' | 'vision' | 'text'>> {
  const model = await openModel(read, { resize: 'exact', isolation })
  try {
    const { fixedBatch, isBatchInvariant } = model.tried
    const vision = { signature: await model.signature(), fixedBatch, isBatchInvariant }
    const texts = await model.openTexts()
    const signature = await texts.signature()
    return {
      dim: model.dim,
      vision,
      text: {
        signature,
        fixedBatch: texts.tried.fixedBatch,
        isBatchInvariant: texts.tried.isBatchInvariant !== false,
        takesMask: signature.inputs.some(({ name }) => name === 'attention_mask'),
      },
    }
  } finally {
    await model.close()
  }
}
