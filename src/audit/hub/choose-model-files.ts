import { ModelError } from '../errors.js'
import type { HubFile, Repository } from '../types/pull.js'
import { pageUrl } from './hub.js'

export type ModelChoice = {
  /** Suffix of the encoders' file names: none is fp32, `_fp16`, `_quantized`, ... */
  readonly suffix: string
  /** The word for it on the command line. */
  readonly dtype: string
  /** model.safetensors as well, from which a logit scale can be read. */
  readonly withWeights: boolean
}

const SETTINGS = /^(config|preprocessor_config|open_clip_config|tokenizer\w*|special_tokens_map)\.json$/
const TERMS = /^(README\.md|(LICEN[CS]E|COPYING|NOTICE)[\w.-]*)$/i // what the owner says about use travels with the model
const WEIGHTS = 'model.safetensors'
const EXTERNAL = /^(_data|\.data)(_\d+)?$/ // behind the name of the ONNX file

/**
 * The files of a model that an audit reads: settings, tokenizer, both encoders in one precision with their external data (or the combined model
 * where there are none), and the texts with its terms. Throws ModelError (`hub.no-model`, `hub.no-weights`) when they are not there.
 */
export function chooseModelFiles(repository: Repository, choice: ModelChoice): HubFile[] {
  const paths = new Set(repository.files.map(({ path }) => path))
  const towers = ['vision_model', 'text_model'].map((name) => `onnx/${name}${choice.suffix}.onnx`)
  const combined = `onnx/model${choice.suffix}.onnx`
  const models = towers.every((path) => paths.has(path)) ? towers : paths.has(combined) ? [combined] : null
  if (models === null) throw noModel(repository, choice)
  refuseMissingSettings(repository, paths)
  if (choice.withWeights && !paths.has(WEIGHTS)) throw noWeights(repository)
  return repository.files.filter(
    ({ path }) =>
      SETTINGS.test(path) ||
      TERMS.test(path) ||
      models.some((model) => path === model || (path.startsWith(model) && EXTERNAL.test(path.slice(model.length)))) ||
      (choice.withWeights && path === WEIGHTS),
  )
}

function noModel(repository: Repository, { dtype, suffix }: ModelChoice): ModelError {
  const there = repository.files.flatMap(({ path }) => /^onnx\/(?:vision_model|model)(_\w+)?\.onnx$/.exec(path) ?? [])
  const suffixes = [...new Set(there.filter((name) => name?.startsWith('onnx/')).map(suffixOf))]
  const hint =
    suffixes.length === 0
      ? 'It holds no ONNX export: look for one of the same model (Xenova and onnx-community have many), or export it.'
      : `It has other precisions (${suffixes.join(', ')}): name one with --dtype.`
  return new ModelError('hub.no-model', {
    at: pageOf(repository),
    field: dtype,
    expected: `onnx/vision_model${suffix}.onnx and onnx/text_model${suffix}.onnx, or onnx/model${suffix}.onnx`,
    received: suffixes.length === 0 ? 'none of them' : 'none of them in this precision',
    hint,
  })
}

function suffixOf(path: string): string {
  return /(_[a-z0-9]+)?\.onnx$/.exec(path.replace(/^onnx\/(vision_)?model/, ''))?.[1] ?? 'fp32'
}

function refuseMissingSettings(repository: Repository, paths: ReadonlySet<string>): void {
  const missing = ['config.json', 'tokenizer.json'].filter((path) => !paths.has(path))
  const hasOpenClip = paths.has('open_clip_config.json')
  const lacking = missing.filter((path) => path !== 'config.json' || !hasOpenClip)
  if (lacking.length === 0) return
  throw new ModelError('hub.no-model', {
    at: pageOf(repository),
    expected: 'a model in the layout of transformers.js',
    received: `one without ${lacking.join(' and ')}`,
    hint: 'Look for another export of the same model (Xenova and onnx-community have many), or export it.',
  })
}

function noWeights(repository: Repository): ModelError {
  return new ModelError('hub.no-weights', {
    at: pageOf(repository),
    field: '--with-weights',
    expected: WEIGHTS,
    received: 'a repository without it',
    hint: 'Leave out --with-weights, and state the scale where you know it: probity audit --logit-scale 100.',
  })
}

function pageOf({ kind, endpoint, id }: Repository): string {
  return pageUrl({ kind, endpoint: new URL(endpoint) }, id)
}
