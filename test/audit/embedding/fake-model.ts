import { createHash } from 'node:crypto'
import type { EmbedDesk, EmbedProgress } from '../../../src/audit/embedding/embed-images.js'
import { imageFault } from '../../../src/audit/model/image-fault.js'
import type { Model } from '../../../src/audit/model/open-model.js'
import { noFileHashes } from '../../../src/audit/store/file-hashes.js'
import { memorySpace } from '../../../src/audit/store/memory-space.js'
import type { Dataset } from '../../../src/audit/types/dataset.js'

export type FakeModel = Model & { readonly runs: number[]; readonly prepared: string[] }

const STATE = { size: 1n, mtimeNs: 0n, ctimeNs: 0n, ino: 1n }

/** A model that answers from a table: the path of an image is its content and begins with the vector it gets, `bad` is one that cannot
 *  be decoded, `gone` one that cannot be read, and a path that begins with `!` makes the reader itself fail. It records how many
 *  images it was given at once, and which contents it prepared. */
export function fakeModel(options: { batch?: number; beforeRun?: () => void } = {}): FakeModel {
  const { batch = 2, beforeRun = () => undefined } = options
  const runs: number[] = []
  const prepared: string[] = []
  const used = {
    runs,
    prepared,
    dim: 2,
    batch,
    embeddedWith: () => Promise.resolve({ threads: 1, batch, onnxruntime: '1.0.0', libvips: '8.0.0' }),
    readBytes: (path: string) => {
      if (path.startsWith('!')) return Promise.reject(new Error(`cannot read ${path}`))
      if (path === 'gone') return Promise.resolve(imageFault('file.missing', 'there is no such file'))
      return Promise.resolve({ kind: 'bytes' as const, bytes: Buffer.from(path), state: STATE })
    },
    prepareImage: (bytes: Uint8Array) => {
      const content = new TextDecoder().decode(bytes)
      prepared.push(content)
      if (content.startsWith('bad')) return Promise.resolve(imageFault('image.truncated', 'the file ends early'))
      const flags = content.endsWith('cmyk') ? (['cmyk'] as const) : []
      return Promise.resolve({ kind: 'image' as const, pixels: bytes, width: 1, height: 1, format: 'jpeg' as const, flags }) // prettier-ignore
    },
    embedPixels: (images: readonly Uint8Array[]) => {
      beforeRun()
      runs.push(images.length)
      const texts = images.map((pixels) => new TextDecoder().decode(pixels))
      return Promise.resolve(Float32Array.from(texts.flatMap((text) => text.split(' ').slice(0, 2).map(Number))))
    },
  }
  return used as unknown as FakeModel // the parts that embedding uses; the rest is never touched
}

/** A desk that keeps vectors in memory, with what it was told. */
export function deskOf(changes: Partial<EmbedDesk> = {}): EmbedDesk & { readonly told: EmbedProgress[] } {
  const told: EmbedProgress[] = []
  return {
    told,
    space: memorySpace({}, 2),
    hashes: noFileHashes,
    onWait: () => undefined,
    onProgress: (progress) => told.push(progress),
    ...changes,
  }
}

/** A dataset whose image paths are given; null leaves the row out by a filter. */
export function datasetOf(paths: readonly (string | null)[]): Dataset {
  return {
    id: 'drawn',
    crop: null,
    licence: null,
    simulated: false,
    sources: [],
    images: paths.map((_, row) => `${row}.png`),
    paths: paths.map((path) => path ?? ''),
    subjects: null,
    attributes: [],
    excluded: new Map(paths.flatMap((path, row) => (path === null ? [[row, 'left out'] as const] : []))),
    quarantined: new Map(),
    warnings: [],
  }
}

export function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}
