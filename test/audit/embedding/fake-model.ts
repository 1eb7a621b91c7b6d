import type { Model } from '../../../src/audit/model/open-model.js'
import { imageFault } from '../../../src/audit/model/image-fault.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

/** A model that answers from a table: the path of an image is the vector it gets, `bad` is one that cannot be read, and a path
 *  that begins with `!` makes the reader itself fail. It records how many images it was given at once. */
export function fakeModel(options: { batch?: number; contextLength?: number } = {}): Model & { runs: number[] } {
  const { batch = 2, contextLength = 8 } = options
  const runs: number[] = []
  const used = {
    runs,
    dim: 2,
    batch,
    readImage: (path: string) => {
      if (path.startsWith('!')) return Promise.reject(new Error(`cannot read ${path}`))
      if (path === 'bad') return Promise.resolve(imageFault('image.truncated', 'the file ends early'))
      const pixels = new TextEncoder().encode(path) // stands for the pixels: the encoder below reads it back
      const flags = path.endsWith('cmyk') ? (['name-differs-from-content'] as const) : []
      return Promise.resolve({ kind: 'image' as const, pixels, width: 1, height: 1, sha256OfBytes: `of ${path}`, flags }) // prettier-ignore
    },
    embedPixels: (images: readonly Uint8Array[]) => {
      runs.push(images.length)
      const texts = images.map((pixels) => new TextDecoder().decode(pixels))
      return Promise.resolve(Float32Array.from(texts.flatMap((text) => text.split(' ').slice(0, 2).map(Number))))
    },
    tokenise: (text: string) => {
      const length = text.split(' ').length + 2
      return { ids: [], length, fits: length <= contextLength, contextLength }
    },
    embedTexts: (texts: readonly string[]) =>
      Promise.resolve(Float32Array.from(texts.flatMap((text) => [text.length, 1]))),
  }
  return used as unknown as Model & { runs: number[] } // only what embedding uses
}

/** A dataset whose image paths are the given words; null is a row that is not to be read. */
export function datasetOf(paths: readonly (string | null)[]): Dataset {
  return {
    id: 'd',
    crop: null,
    licence: null,
    simulated: false,
    sources: [],
    images: paths.map((_, row) => `${row}.png`),
    paths: paths.map((path) => path ?? ''),
    subjects: null,
    attributes: [],
    excluded: new Map(paths.flatMap((path, row) => (path === null ? [[row, 'left out by where'] as const] : []))),
    quarantined: new Map(),
    warnings: [],
  }
}
