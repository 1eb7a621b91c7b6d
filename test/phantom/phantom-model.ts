import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tokenizers from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp from 'sharp'
import type { PhantomFiles } from '../../src/phantom/build-phantom.js'

const SIDE = 40

type Tokenizer = { readonly encode: (text: string) => { readonly ids: readonly number[] } }
// The package's own types do not resolve under Node's module rules, so the part that is used is declared here.
const { Tokenizer } = tokenizers as unknown as { Tokenizer: new (tokenizer: object, config: object) => Tokenizer }

export type Scored = { readonly winner: string; readonly margin: number }
type TextLabel = { readonly id: string; readonly text: string }
export type PhantomModel = {
  /** The winner of every image in file order, with its lead in cosine. */
  readonly score: (labels: readonly TextLabel[], templates: readonly string[]) => Promise<Scored[]>
}

/** A plain zero-shot classifier over the phantom's files, written apart from the engine's rooms. */
export async function openPhantomModel(files: PhantomFiles): Promise<PhantomModel> {
  const json = (name: string) => JSON.parse(readFileSync(join(files.model, name), 'utf8')) as object // our own files
  const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'))
  const vision = await InferenceSession.create(join(files.model, 'onnx/vision_model.onnx'))
  const text = await InferenceSession.create(join(files.model, 'onnx/text_model.onnx'))
  const names = Array.from({ length: files.total }, (_, index) => join(files.images, 'val', `${index + 1}.png`))
  const images = await embedTiles(vision, names)

  return {
    score: async (labels, templates) => {
      const classes = await Promise.all(
        labels.map(async ({ text: label }) => {
          const prompts = templates.map((template) => template.replace('{label}', label))
          return unit(sum(await Promise.all(prompts.map((prompt) => embedPrompt(text, tokenizer, prompt)))))
        }),
      )
      return images.map((image) => {
        const ranked = labels
          .map(({ id }, index) => ({ id, cosine: dot(image, classes[index] ?? []) }))
          .sort((a, b) => b.cosine - a.cosine)
        return { winner: ranked[0]?.id ?? '', margin: (ranked[0]?.cosine ?? 0) - (ranked[1]?.cosine ?? 0) }
      })
    },
  }
}

async function embedTiles(vision: InferenceSession, names: readonly string[]): Promise<number[][]> {
  const pixels = new Float32Array(names.length * 3 * SIDE * SIDE)
  for (const [image, name] of names.entries()) {
    const bytes = await sharp(name, { failOn: 'warning' }).raw().toBuffer()
    bytes.forEach((byte, index) => {
      const place = (image * 3 + (index % 3)) * SIDE * SIDE + Math.floor(index / 3)
      pixels[place] = (byte / 255 - 0.5) / 0.5
    })
  }
  const tensor = new Tensor('float32', pixels, [names.length, 3, SIDE, SIDE])
  return rowsOf((await vision.run({ pixel_values: tensor }))['image_embeds']).map(unit)
}

/** Padded by two tokens that the mask leaves out, to show that padding does not matter. */
async function embedPrompt(text: InferenceSession, tokenizer: Tokenizer, prompt: string): Promise<number[]> {
  const { ids } = tokenizer.encode(prompt)
  const dims = [1, ids.length + 2]
  const feeds = {
    input_ids: new Tensor('int64', BigInt64Array.from([...ids, 4, 5].map(BigInt)), dims),
    attention_mask: new Tensor('int64', BigInt64Array.from([...ids.map(() => 1n), 0n, 0n]), dims),
  }
  return unit(rowsOf((await text.run(feeds))['text_embeds'])[0] ?? [])
}

function rowsOf(tensor: Tensor | undefined): number[][] {
  if (tensor === undefined || !(tensor.data instanceof Float32Array)) throw new Error('no float output')
  const [rows = 0, dimension = 0] = tensor.dims
  const values = [...tensor.data]
  return Array.from({ length: rows }, (_, row) => values.slice(row * dimension, (row + 1) * dimension))
}

function sum(vectors: readonly (readonly number[])[]): number[] {
  const [first = []] = vectors
  return first.map((_, index) => vectors.reduce((total, vector) => total + (vector[index] ?? 0), 0))
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, index) => total + value * (b[index] ?? 0), 0)
}

function unit(vector: readonly number[]): number[] {
  const length = Math.sqrt(dot(vector, vector))
  return vector.map((value) => value / length)
}
