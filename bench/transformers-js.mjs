// The peer: transformers.js over the same folder and the same files, offline.
// node transformers-js.mjs <model folder> <images folder> default|batched
import { readdirSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { AutoProcessor, CLIPVisionModelWithProjection, RawImage, env, pipeline } from '@huggingface/transformers'

const BATCH = 32
const [model, images, mode] = process.argv.slice(2)
const files = readdirSync(images).map((name) => join(images, name))
const name = basename(resolve(model))
env.allowRemoteModels = false
env.localModelPath = dirname(resolve(model))

const embed = mode === 'batched' ? embedInBatches : embedAsItComes
console.log(JSON.stringify(await embed()))

/** Its own pipeline, as its documentation shows it: one image a call. */
async function embedAsItComes() {
  const extract = await pipeline('image-feature-extraction', name, { dtype: 'fp32' })
  const vectors = []
  for (const file of files) vectors.push((await extract(file)).data)
  return summary(vectors)
}

/** Its parts put together by hand, for whoever knows that batches are faster. */
async function embedInBatches() {
  const processor = await AutoProcessor.from_pretrained(name)
  const encoder = await CLIPVisionModelWithProjection.from_pretrained(name, { dtype: 'fp32' })
  const vectors = []
  for (let start = 0; start < files.length; start += BATCH) {
    const pictures = await Promise.all(files.slice(start, start + BATCH).map((file) => RawImage.read(file)))
    const { image_embeds: embeds } = await encoder(await processor(pictures))
    const [rows, width] = embeds.dims
    for (let row = 0; row < rows; row += 1) vectors.push(embeds.data.slice(row * width, (row + 1) * width))
  }
  return summary(vectors)
}

/** The first numbers let a reader see that all contenders ran the same encoder on the same pictures. */
function summary(vectors) {
  return { images: vectors.length, width: vectors[0].length, first: [...vectors[0].slice(0, 4)] }
}
