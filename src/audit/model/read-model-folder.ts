import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { ModelError } from '../errors.js'
import { checkFile, externalDataFiles, readJsonObject } from './model-files.js'
import type { Preprocessing } from './preprocessing.js'
import { readLogitScale } from './read-logit-scale.js'
import type { LogitScale } from './read-logit-scale.js'
import { readPreprocessing } from './read-preprocessing.js'

export type JsonObject = Readonly<Record<string, unknown>>

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
  /** Paths inside the folder. */
  readonly visionFile: string
  readonly textFile: string
  /** Weights beside the two encoders. */
  readonly visionData: readonly string[]
  readonly textData: readonly string[]
  readonly hasTokenizerConfig: boolean
} & LogitScale

const LAYOUT_HINT =
  'A model folder has config.json, preprocessor_config.json, tokenizer.json, onnx/vision_model.onnx and onnx/text_model.onnx.'
const TOWER_HINT = 'Probity needs both encoders of the model, each as a file of its own; export them separately.'

/**
 * Reads a model folder in the layout of the JavaScript ecosystem and checks every file before anything runs.
 * `dtype` is the suffix of the encoders (`_fp16`, ...); none is fp32. Weights are not read. Throws ModelError.
 */
export async function readModelFolder(folder: string, { dtype = '' }: { dtype?: string } = {}): Promise<ModelFolder> {
  const visionFile = `onnx/vision_model${dtype}.onnx`
  const textFile = `onnx/text_model${dtype}.onnx`
  await refuseMissingFolder(folder)
  await refuseBadFiles(folder, [
    ['config.json', LAYOUT_HINT],
    ['preprocessor_config.json', LAYOUT_HINT],
    ['tokenizer.json', LAYOUT_HINT],
    [visionFile, TOWER_HINT],
    [textFile, TOWER_HINT],
  ])
  const hasTokenizerConfig = await hasFile(folder, 'tokenizer_config.json')
  const config = await readJsonObject(folder, 'config.json')
  const preprocessor = await readJsonObject(folder, 'preprocessor_config.json')
  const preprocessing = readPreprocessing(preprocessor, join(folder, 'preprocessor_config.json'))
  const tokenizer = await readJsonObject(folder, 'tokenizer.json')
  const tokenizerConfig = hasTokenizerConfig ? await readJsonObject(folder, 'tokenizer_config.json') : {}
  const visionData = await externalDataFiles(folder, visionFile)
  const textData = await externalDataFiles(folder, textFile)
  await refuseBadFiles(
    folder,
    [...visionData, ...textData].map((file) => [file, 'Download the file as well.'] as const),
  )
  return {
    folder,
    name: basename(resolve(folder)),
    config,
    preprocessing,
    tokenizer,
    tokenizerConfig,
    visionFile,
    textFile,
    visionData,
    textData,
    hasTokenizerConfig,
    ...(await readLogitScale(folder)),
  }
}

async function refuseMissingFolder(folder: string): Promise<void> {
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

/** All faults together; the code is that of the first. */
async function refuseBadFiles(
  folder: string,
  files: readonly (readonly [file: string, hint: string])[],
): Promise<void> {
  const checked = await Promise.all(files.map(([file, hint]) => checkFile(folder, file, hint)))
  const bad = checked.filter((found) => found !== null)
  const first = bad[0]
  if (first !== undefined)
    throw new ModelError(
      first.code,
      bad.map(({ fault }) => fault),
    )
}
