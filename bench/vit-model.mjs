// A model folder with the work of CLIP ViT-B/32 and random weights, so that the races need no download and no one's
// weights. About 700 MB; built once into the temporary folder and used again.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readShippedWorld } from '../dist/phantom/read-world.js'
import { tokenizerConfigFile, tokenizerFile, vocabularyOf } from '../dist/phantom/vocabulary.js'
import { cacheFolder } from './cache-folder.mjs'
import { SIZES, buildImageTower, buildTextTower } from './clip-towers.mjs'

const RECIPE = 'vit-b32, recipe 2' // a new number builds the folder again
const MARKER = 'built.txt' // written last, so a folder that was interrupted is built again

/** Where the races keep the model. */
export const VIT_FOLDER = cacheFolder('vit-b32')

/** Writes the model folder unless it is already there. The tokenizer is the phantom's: whole words, start and end token. */
export async function buildVitFolder(folder = VIT_FOLDER) {
  const marker = join(folder, MARKER)
  if ((await readFile(marker, 'utf8').catch(() => '')) === RECIPE) return folder
  console.error(`building a random ViT-B/32 in ${folder} (about 700 MB, once)`)
  await rm(marker, { force: true })
  await mkdir(join(folder, 'onnx'), { recursive: true })
  const vocabulary = vocabularyOf(readShippedWorld())
  const tokenizerConfig = tokenizerConfigFile()
  await writeJson(join(folder, 'config.json'), configFile())
  await writeJson(join(folder, 'preprocessor_config.json'), preprocessorFile())
  await writeJson(join(folder, 'tokenizer.json'), tokenizerFile(vocabulary))
  await writeJson(join(folder, 'tokenizer_config.json'), tokenizerConfig)
  // One tower at a time: each needs twice its size while it is written.
  await writeFile(join(folder, 'onnx', 'vision_model.onnx'), buildImageTower())
  await writeFile(join(folder, 'onnx', 'vision_model_int8.onnx'), buildImageTower({ isQuantised: true }))
  const endId = vocabulary.indexOf(tokenizerConfig.eos_token)
  await writeFile(join(folder, 'onnx', 'text_model.onnx'), buildTextTower({ endId }))
  await writeFile(marker, RECIPE)
  return folder
}

function configFile() {
  const { image, text, embedding } = SIZES
  return {
    _name_or_path: 'ViT-B/32 with random weights (for measuring time, not trained)',
    architectures: ['CLIPModel'],
    probity: { simulated: true }, // whoever audits this model, the report must say so
    model_type: 'clip',
    projection_dim: embedding,
    text_config: {
      model_type: 'clip_text_model',
      max_position_embeddings: text.context,
      projection_dim: embedding,
      vocab_size: text.vocabulary,
      hidden_size: text.width,
      intermediate_size: text.inner,
      num_attention_heads: text.heads,
      num_hidden_layers: text.blocks,
    },
    vision_config: {
      model_type: 'clip_vision_model',
      image_size: image.pixels,
      patch_size: image.patch,
      projection_dim: embedding,
      hidden_size: image.width,
      intermediate_size: image.inner,
      num_attention_heads: image.heads,
      num_hidden_layers: image.blocks,
    },
  }
}

/** CLIP's own steps and numbers. Source: openai/CLIP `clip/clip.py`. */
function preprocessorFile() {
  const { pixels } = SIZES.image
  return {
    image_processor_type: 'CLIPImageProcessor',
    feature_extractor_type: 'CLIPFeatureExtractor',
    do_convert_rgb: true,
    do_resize: true,
    size: { shortest_edge: pixels },
    resample: 3,
    do_center_crop: true,
    crop_size: { height: pixels, width: pixels },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.48145466, 0.4578275, 0.40821073],
    image_std: [0.26862954, 0.26130258, 0.27577711],
  }
}

async function writeJson(file, content) {
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildVitFolder(process.argv[2]))
