import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ModelError } from '../errors.js'
import type { PullRecord } from '../types/pull.js'
import type { Dtypes } from '../types/dtype.js'
import { chooseEncoders } from './encoder-files.js'
import type { EncoderFiles } from './encoder-files.js'
import type { JsonObject } from './json-object.js'
import { checkFile, externalDataFiles, readJsonObject } from './model-files.js'
import { preprocessorCure } from './open-clip-config.js'
import type { Preprocessing } from './preprocessing.js'
import { readLogits } from './read-logits.js'
import type { ModelLogits } from './read-logits.js'
import { readPreprocessing } from './read-preprocessing.js'
import { readPulledFrom } from './read-pulled-from.js'

/** A model folder that was read and checked, but not loaded. */
export type ModelFolder = {
  readonly folder: string
  /** The folder's own name. */
  readonly name: string
  readonly config: JsonObject
  readonly preprocessing: Preprocessing
  readonly tokenizer: JsonObject
  /** Empty when the folder has no tokenizer_config.json. */
  readonly tokenizerConfig: JsonObject
  /** What was asked for, and what the encoder files are called by. */
  readonly dtypes: Dtypes
  /** Weights beside the two encoders. */
  readonly visionData: readonly string[]
  readonly textData: readonly string[]
  readonly hasTokenizerConfig: boolean
  /** The record of the pull that made the folder; null for a folder that was made otherwise. */
  readonly pulledFrom: PullRecord | null
} & EncoderFiles &
  ModelLogits

export const FP32: Dtypes = { vision: 'fp32', text: 'fp32' }

export const LAYOUT_HINT =
  'A model folder has config.json, preprocessor_config.json, tokenizer.json, onnx/vision_model.onnx and onnx/text_model.onnx.'

/**
 * Reads a model folder in the layout of the JavaScript ecosystem and checks every file before anything runs. Weights are not read.
 * Throws ModelError.
 */
export async function readModelFolder(folder: string, dtypes: Dtypes = FP32): Promise<ModelFolder> {
  await refuseMissingFolder(folder)
  await refuseBadFiles(folder, [
    ['config.json', LAYOUT_HINT],
    ['preprocessor_config.json', preprocessorCure(folder) ?? LAYOUT_HINT],
    ['tokenizer.json', LAYOUT_HINT],
  ])
  const files = chooseEncoders(folder, dtypes)
  await refuseBadFiles(
    folder,
    [files.visionFile, files.textFile].map((file) => [file, LAYOUT_HINT] as const),
  )
  const hasTokenizerConfig = await hasFile(folder, 'tokenizer_config.json')
  const config = await readJsonObject(folder, 'config.json')
  const preprocessor = await readJsonObject(folder, 'preprocessor_config.json')
  const preprocessing = readPreprocessing(preprocessor, join(folder, 'preprocessor_config.json'))
  const tokenizer = await readJsonObject(folder, 'tokenizer.json')
  const tokenizerConfig = hasTokenizerConfig ? await readJsonObject(folder, 'tokenizer_config.json') : {}
  const visionData = await externalDataFiles(folder, files.visionFile)
  const textData = await externalDataFiles(folder, files.textFile)
  await refuseBadFiles(
    folder,
    [...visionData, ...textData].map((file) => [file, 'Download the file as well.'] as const),
  )
  const { logits } = await readLogits(folder, config)
  return {
    folder,
    name: basename(resolve(folder)),
    config,
    preprocessing,
    tokenizer,
    tokenizerConfig,
    dtypes,
    ...files,
    visionData,
    textData,
    hasTokenizerConfig,
    pulledFrom: await readPulledFrom(folder),
    ...logits,
  }
}

export async function refuseMissingFolder(folder: string): Promise<void> {
  const kind = await stat(folder).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => 'nothing',
  )
  if (kind === 'folder') return
  const received = kind === 'file' ? 'a file' : 'nothing'
  throw new ModelError('model.folder-missing', { at: folder, expected: 'a model folder', received, hint: LAYOUT_HINT })
}

/** Whether an optional file is there; if it is, it must be whole. */
async function hasFile(folder: string, file: string): Promise<boolean> {
  const bad = await checkFile(folder, file, '')
  if (bad !== null && bad.code !== 'model.file-missing') throw new ModelError(bad.code, bad.fault)
  return bad === null
}

/** All faults together; the code is that of the first. Throws ModelError. */
export async function refuseBadFiles(
  folder: string,
  files: readonly (readonly [file: string, hint: string])[],
): Promise<void> {
  const each = [...new Map(files)] // a combined file stands for both encoders
  const checked = await Promise.all(each.map(([file, hint]) => checkFile(folder, file, hint)))
  const bad = checked.filter((found) => found !== null)
  const first = bad[0]
  if (first !== undefined)
    throw new ModelError(
      first.code,
      bad.map(({ fault }) => fault),
    )
}
