import type { InspectedEncoder, ModelInspection, Problem } from '../audit/run-model-inspect.js'
import { dtypesText, DTYPES } from '../audit/types/dtype.js'

const LABEL_WIDTH = 15

/** A model inspection in plain words for the terminal. */
export function describeModelInspection(seen: ModelInspection): string {
  const found = foundLines(seen)
  const lines = [
    `${seen.name}: ${seen.isUsable ? 'can be used' : 'cannot be used as it is'}`,
    ...problemLines(seen.problems),
    ...(seen.problems.length > 0 && found.length > 0 ? ['What was found:'] : []),
    ...found,
    ...(seen.vision === null && seen.encoders !== null
      ? ['The encoders were not tried to the end: mend the above and look again.']
      : []),
    ...proposalLines(seen),
  ]
  return `${lines.join('\n')}\n`
}

function foundLines(seen: ModelInspection): string[] {
  return [
    ...row('Family', familyText(seen)),
    ...row('Encoders', encodersText(seen)),
    ...row('Precisions', dtypesLine(seen)),
    ...row('Weights beside', seen.encoders?.externalData?.join(', ') ?? ''),
    ...row('Vectors', seen.dim === null ? '' : `${seen.dim} numbers`),
    ...row('Images', imagesText(seen)),
    ...row('Texts', textsText(seen)),
    ...row('Batches', batchesText(seen)),
    ...row('Probabilities', probabilitiesText(seen)),
    ...remarks(seen).flatMap((remark) => row('Note', remark)),
  ]
}

function row(label: string, text: string): string[] {
  return text === '' ? [] : [`  ${label.padEnd(LABEL_WIDTH)} ${text}`]
}

/** What is wrong in the same way and has the same cure is told once. */
function problemLines(problems: readonly Problem[]): string[] {
  const alike = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = JSON.stringify([problem.expected, problem.received, problem.hint])
    alike.set(key, [...(alike.get(key) ?? []), problem])
  }
  return [...alike.values()].flatMap((group) => [
    ...group.map(({ at, field }) => `  ${field === undefined ? at : `${at}: ${field}`}`),
    `    expected ${group[0].expected} but received ${group[0].received}`,
    ...(group[0].hint === undefined ? [] : [`    ${group[0].hint}`]),
  ])
}

function familyText({ family }: ModelInspection): string {
  if (family === null) return ''
  const { name, modelType } = family
  if (name !== null) return `${name} (model_type ${String(modelType)})`
  const said =
    modelType === null ? 'config.json names no model_type' : `model_type ${modelType}, which is not known here`
  return `${said}: taken for a CLIP in what the other files do not say`
}

function encodersText({ encoders, dtypes }: ModelInspection): string {
  if (encoders === null) return ''
  const { visionFile, textFile, isCombined } = encoders
  if (!isCombined) return `${visionFile} and ${textFile} (${dtypesText(dtypes)})`
  return `both in ${visionFile} (${dtypes.vision}); works, but every image is embedded with a text for nothing, and every text with an image`
}

function dtypesLine({ dtypesThere: { vision, text, combined } }: ModelInspection): string {
  const both = DTYPES.filter((dtype) => vision.includes(dtype) && text.includes(dtype))
  const parts = [
    ...(both.length === 0 ? [] : [`${both.join(', ')} (--dtype)`]),
    ...(combined.length === 0 ? [] : [`in one file: ${combined.join(', ')}`]),
    ...oneSided('image encoder', vision, both),
    ...oneSided('text encoder', text, both),
  ]
  return parts.join('; ')
}

function oneSided(side: string, there: readonly string[], both: readonly string[]): string[] {
  const alone = there.filter((dtype) => !both.includes(dtype))
  return alone.length === 0 ? [] : [`${side} alone: ${alone.join(', ')}`]
}

function imagesText({ preprocessing, vision }: ModelInspection): string {
  if (preprocessing === null) return ''
  const { resample, size, crop, mean, std } = preprocessing
  const type = vision?.signature.inputs.find(({ name }) => name === 'pixel_values')?.type
  const values = `mean ${mean.join(' ')}, standard deviation ${std.join(' ')}`
  return `${resample} to ${size}, crop ${crop}; ${values}${type === 'float16' ? '; fed as float16' : ''}`
}

function textsText({ tokenizer, text }: ModelInspection): string {
  if (tokenizer === null) return ''
  const { kind, isByteLevel, lowersCase, contextLength, padId } = tokenizer
  const ids = text?.signature.inputs.find(({ name }) => name === 'input_ids')
  const length = typeof ids?.shape[1] === 'number' ? ids.shape[1] : contextLength
  const parts = [
    `${kind ?? 'unknown'} tokenizer${isByteLevel ? ' over bytes' : ''}`,
    lowersCase ? 'capitals are made small' : 'capitals are kept',
    length === null ? 'nothing says how many tokens a prompt may have' : `prompts of at most ${length} tokens`,
    `padded with ${padId}`,
    ...(text === null
      ? []
      : [`ids ${ids?.type ?? 'unknown'}, ${text.takesMask ? 'with' : 'without'} an attention mask`]),
  ]
  return parts.join('; ')
}

function batchesText({ vision, text }: ModelInspection): string {
  if (vision === null) return ''
  return [batchText('images', vision), ...(text === null ? [] : [batchText('texts', text)])].join('; ')
}

function batchText(what: string, { fixedBatch, isBatchInvariant }: InspectedEncoder): string {
  const size = fixedBatch === null ? `any number of ${what}` : `exactly ${fixedBatch} of the ${what} at a time`
  return isBatchInvariant
    ? `${size}, each with the same vector alone and among others`
    : `${size}, but a vector depends on its neighbours, so they run one at a time`
}

function probabilitiesText({ logits, measuredLogits }: ModelInspection): string {
  if (logits === null) return ''
  const { from } = logits
  const { activation, logitScale, logitBias = null } = logits.logits
  const isSigmoid = activation === 'sigmoid'
  const how = isSigmoid ? 'a sigmoid for each label alone' : 'a softmax over the label set'
  const known = [
    ...(logitScale === null ? [] : [`logit scale ${shown(logitScale)}`]),
    ...(logitBias === null ? [] : [`logit bias ${shown(logitBias)}`]),
  ]
  const missing = [
    ...(logitScale === null ? ['--logit-scale'] : []),
    ...(isSigmoid && logitBias === null ? ['--logit-bias'] : []),
  ]
  const found = known.length === 0 ? how : `${how}; ${known.join(' and ')} from ${String(from)}`
  if (missing.length === 0) return found
  const cure =
    measuredLogits === null
      ? `state what was trained with ${missing.join(' and ')}`
      : `${measuredLogits.file} computes its own logits with ${measuredFlags(measuredLogits, isSigmoid)}`
  return `${found}; ${missing.map((flag) => flag.slice(2).replace('-', ' ')).join(' and ')} not in the export: decisions stand, probabilities are left out; ${cure}`
}

function measuredFlags({ scale, bias }: { scale: number; bias: number }, isSigmoid: boolean): string {
  return `--logit-scale ${shown(scale)}${isSigmoid ? ` --logit-bias ${shown(bias)}` : ''}`
}

const shown = (value: number): string => String(Number(value.toPrecision(6)))

function remarks({ family, tokenizer, dtypes, encoders }: ModelInspection): string[] {
  return [
    ...(family?.modelType === 'siglip2' && tokenizer?.lowersCase === false
      ? ['SigLIP 2 was trained on small letters and this tokenizer keeps capitals: write labels and templates without']
      : []),
    ...(encoders !== null && dtypes.vision !== dtypes.text
      ? ['the two encoders have different precision; they were not made to go together, and a report will say so']
      : []),
  ]
}

function proposalLines({ proposedPreprocessor: proposed }: ModelInspection): string[] {
  if (proposed === null) return []
  if (proposed.file === null)
    return [`open_clip_config.json asks for ${proposed.refused}, which has no equal in a preprocessor_config.json`]
  const assumed =
    proposed.assumed.length === 0
      ? ''
      : ` (it leaves out ${proposed.assumed.join(', ')}: these are OpenCLIP's defaults)`
  return [
    `By open_clip_config.json${assumed} preprocessor_config.json would be, and --write-preprocessor writes:`,
    JSON.stringify(proposed.file, null, 2),
  ]
}
