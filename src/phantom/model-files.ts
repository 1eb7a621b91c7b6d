import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildTextTower, embeddingWidth } from './text-tower.js'
import { TILE_PIXELS } from './tile-layout.js'
import type { TileLayout } from './tile-layout.js'
import { buildVisionTower } from './vision-tower.js'
import { CONTEXT_LENGTH, tokenizerConfigFile, tokenizerFile, vocabularyOf } from './vocabulary.js'
import type { World } from './world.js'

/** Writes the constructed dual encoder as an ordinary model folder. Nothing in it was trained. */
export async function writeModelFiles(world: World, layout: TileLayout, folder: string): Promise<void> {
  const dimension = embeddingWidth(layout)
  const vocabulary = vocabularyOf(world)
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await Promise.all([
    writeJson(join(folder, 'config.json'), configFile(world, dimension, vocabulary.length)),
    writeJson(join(folder, 'preprocessor_config.json'), preprocessorFile()),
    writeJson(join(folder, 'tokenizer.json'), tokenizerFile(vocabulary)),
    writeJson(join(folder, 'tokenizer_config.json'), tokenizerConfigFile()),
    writeFile(join(folder, 'onnx', 'vision_model.onnx'), buildVisionTower(layout, dimension)),
    writeFile(join(folder, 'onnx', 'text_model.onnx'), buildTextTower(world, layout)),
  ])
}

function configFile(world: World, dimension: number, vocabularySize: number): object {
  return {
    _name_or_path: `phantom-${world.id} (simulated: constructed, not trained)`,
    architectures: ['CLIPModel'],
    probity: { simulated: true }, // whoever audits this model, the report must say so
    model_type: 'clip',
    projection_dim: dimension,
    text_config: {
      model_type: 'clip_text_model',
      max_position_embeddings: CONTEXT_LENGTH,
      projection_dim: dimension,
      vocab_size: vocabularySize,
    },
    vision_config: { model_type: 'clip_vision_model', image_size: TILE_PIXELS, projection_dim: dimension },
  }
}

/** CLIP's own steps; a tile has the size that they ask for, so resizing and cropping leave it as it is. */
function preprocessorFile(): object {
  return {
    image_processor_type: 'CLIPImageProcessor',
    do_convert_rgb: true,
    do_resize: true,
    size: { shortest_edge: TILE_PIXELS },
    resample: 3,
    do_center_crop: true,
    crop_size: { height: TILE_PIXELS, width: TILE_PIXELS },
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: [0.5, 0.5, 0.5],
    image_std: [0.5, 0.5, 0.5],
  }
}

async function writeJson(file: string, content: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`)
}
