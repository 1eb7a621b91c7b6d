import type { CheckedImage, CheckedText, ModelCheck } from '../audit/run-model-check.js'
import { describeDevice } from './describe-device.js'

const PLACES = 4

/** A model check as text for the terminal; `--json` holds the vectors. */
export function describeModelCheck(check: ModelCheck): string {
  const { model, preprocessing, embeddedWith } = check
  const lines = [
    `Model ${model.name}: usable`,
    `  sha256 ${model.sha256}`,
    ...model.files.map(
      ([file, sha256, bytes]) => `  ${file}  ${bytes.toLocaleString('en')} bytes  ${sha256.slice(0, 12)}`,
    ),
    `  vectors of ${model.dim} numbers (${model.dtype ?? 'fp32'}); ${logitsText(model)}`,
    `  an image alone and among others gives ${model.batchInvariant ? 'the same vector' : 'different vectors, so images run one at a time'}`,
    `Preprocessing: ${preprocessing.resample} to ${preprocessing.size}, crop ${preprocessing.crop}, resize ${preprocessing.resize}, EXIF ${preprocessing.exif}`,
    `Runs on ONNX Runtime ${embeddedWith.onnxruntime} with ${embeddedWith.threads} threads, ${embeddedWith.batch} images a call; libvips ${embeddedWith.libvips}`,
    ...(check.device === undefined ? [] : describeDevice({ model: model.name, ...check.device })),
    ...check.texts.flatMap(describeText),
    ...check.images.flatMap(describeImage),
    ...describeSimilarities(check),
  ]
  return `${lines.join('\n')}\n`
}

function logitsText({
  logitScale,
  logitScaleReason,
  activation,
  logitBias,
  logitBiasReason,
}: ModelCheck['model']): string {
  const known = (value: number | null | undefined, reason: string | null | undefined): string =>
    String(value ?? `unknown (${reason ?? 'no reason'})`)
  const scale = `logit scale ${known(logitScale, logitScaleReason)}`
  return activation === undefined ? scale : `${scale}, logit bias ${known(logitBias, logitBiasReason)} (sigmoid)`
}

function describeText({ text, ids, paddedLength, padId, fits }: CheckedText): string[] {
  const room = fits ? `padded to ${paddedLength} with ${padId}` : `too long: the context holds ${paddedLength}`
  return [`Text ${JSON.stringify(text)}`, `  ${ids.length} tokens (${room}): ${ids.join(' ')}`]
}

function describeImage(image: CheckedImage): string[] {
  if (image.fault !== null)
    return [`Image ${image.path}`, `  cannot be used: ${image.fault.code}, ${image.fault.reason}`]
  const flags = image.flags.length === 0 ? '' : ` (${image.flags.join(', ')})`
  const channels = image.channels.map(({ mean, std }) => `${mean.toFixed(PLACES)} ± ${std.toFixed(PLACES)}`)
  return [
    `Image ${image.path}${flags}`,
    `  ${image.width} x ${image.height} pixels after the crop, sha256 ${image.sha256OfPixels}`,
    `  tensor, mean ± standard deviation of red, green, blue: ${channels.join(', ')}`,
  ]
}

function describeSimilarities({ images, texts, similarities }: ModelCheck): string[] {
  if (images.length === 0 || texts.length === 0) return []
  const rows = images.map(
    ({ path }, row) => `  ${path}: ${similarities[row].map((value) => value?.toFixed(PLACES) ?? 'none').join('  ')}`,
  )
  return ['Cosines, one column per text in order:', ...rows]
}
