import { ModelError } from '../errors.js'
import { ChildEnded, describeEnd, isHang, isKilled } from '../model/child-ended.js'
import { drawTwoImages } from '../model/dry-run.js'
import { imageFault } from '../model/image-fault.js'
import type { ImageFault } from '../model/image-fault.js'
import { isolationFailed } from '../model/isolation-failed.js'
import type { Model } from '../model/open-model.js'

/** The vector of one image as the encoder gives it, or why it has none. */
export type EmbeddedImage = Float32Array | ImageFault

type Encoder = Pick<Model, 'embedPixels' | 'settings' | 'dim'>

/**
 * Vectors of prepared images, one for each. Where the encoder runs in a process of its own and a batch ends it, the batch is halved until the
 * images that end it are found; those are faults (`embed.crash`, `embed.timeout`). Every run keeps its shape: halves are filled up, so that the vectors of
 * the others are what they would have been. Throws ModelError (`isolate.ended`) where a drawn image ends the process as well, or where it is killed
 * each time.
 */
export async function embedEach(model: Encoder, images: readonly Uint8Array[]): Promise<EmbeddedImage[]> {
  const all = await tryToEmbed(model, images)
  if (!(all instanceof ChildEnded)) return all
  await refuseWithoutCulprit(model)
  return halve(model, images, all)
}

/** Of images that ended the process together, in the end each alone: a fault, or what its half gave. */
async function halve(model: Encoder, images: readonly Uint8Array[], ended: ChildEnded): Promise<EmbeddedImage[]> {
  if (images.length === 1) {
    if (isKilled(ended.end)) throw isolationFailed(ended, 'embeds')
    return [faultOf(ended)]
  }
  const half = Math.ceil(images.length / 2)
  const found: EmbeddedImage[] = []
  for (const part of [images.slice(0, half), images.slice(half)]) {
    const result = await tryToEmbed(model, part)
    found.push(...(result instanceof ChildEnded ? await halve(model, part, result) : result))
  }
  return found
}

async function tryToEmbed(model: Encoder, images: readonly Uint8Array[]): Promise<Float32Array[] | ChildEnded> {
  try {
    const vectors = await model.embedPixels(images)
    return images.map((_, index) => vectors.subarray(index * model.dim, (index + 1) * model.dim))
  } catch (error) {
    if (error instanceof ModelError && error.cause instanceof ChildEnded) return error.cause
    throw error
  }
}

/** An image that no encoder stumbles over, in a run of the same shape. */
async function refuseWithoutCulprit(model: Encoder): Promise<void> {
  const [drawn] = drawTwoImages(model.settings)
  const result = await tryToEmbed(model, [drawn])
  if (result instanceof ChildEnded) throw isolationFailed(result, 'embeds')
}

function faultOf({ end }: ChildEnded): ImageFault {
  const reason = `the process that embedded it ${describeEnd(end)}`
  return isHang(end) ? imageFault('embed.timeout', reason) : imageFault('embed.crash', reason)
}
