import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { listImages } from './dataset/list-images.js'
import { sourceOf } from './dataset/image-source.js'
import type { ImageSource } from './dataset/image-source.js'
import { readDataset } from './dataset/read-dataset.js'
import { hasMarks, readMarkedPairs, writeOverlapCsv, writePairsCsv } from './dataset/overlap-tables.js'
import { embedDataset, openEmbedder } from './embed-dataset.js'
import { isolationOf } from './isolation-of.js'
import { readThumbnails } from './embedding/read-thumbnails.js'
import { DatasetError, DefinitionError } from './errors.js'
import { chooseThreshold, type ChosenThreshold } from './overlap/choose-threshold.js'
import { imageHashes, VIEWS, WORDS } from './overlap/image-hashes.js'
import { nearestByCosine, type CosineNeighbour } from './overlap/nearest-by-cosine.js'
import { isCopy, nearestByPixels, type Hashed, type PixelNeighbour } from './overlap/nearest-by-pixels.js'
import { THUMBNAIL_SIDE } from './overlap/thumbnail.js'
import { prepareFolder } from './prepare-folder.js'
import type { Tools } from './tools.js'
import type { Dataset, Quarantine } from './types/dataset.js'
import type { DatasetPlan, EmbeddingPlan } from './types/definitions.js'
import type { FoundOverlap, OverlapPair } from './types/overlap.js'

export type OverlapPlan = {
  readonly dataset: DatasetPlan
  /** Folder whose images the audited ones are looked for in. */
  readonly referenceImages: string
  /** A model whose vectors are compared as well; null: pixels alone. */
  readonly model: string | null
  readonly resize: EmbeddingPlan['resize']
  readonly dtype?: NonNullable<EmbeddingPlan['dtype']>
  readonly isolate?: true
  /** From which cosine on two images are taken for the same; null: from the marked pairs, or by pixels alone. */
  readonly threshold: number | null
  /** Pairs that a person marked. */
  readonly marked: string | null
  /** Least share of the marked pairs that are the same, from the threshold on. */
  readonly precision: number
  readonly out: string
}

export type OverlapOutcome = {
  readonly found: readonly FoundOverlap[]
  readonly referenceImages: number
  readonly unreadable: readonly ({ readonly set: 'audited' | 'reference'; readonly image: string } & Quarantine)[]
  /** What the cosine must reach; null where no threshold was given or could be chosen from marks. */
  readonly threshold: number | null
  /** How the threshold was chosen from marked pairs. */
  readonly chosen: ChosenThreshold | null
  readonly written: readonly string[]
}

type ImageSet = {
  readonly names: readonly string[]
  /** null for an image that is not compared. */
  readonly sources: readonly (ImageSource | null)[]
}

/** Finds the images of an audited set that a reference set holds too: by their pixels, and by their vectors where a model is named. Writes
 *  overlap.csv, which an audit can join, and with a model the pairs for a person to mark. Throws DefinitionError, DatasetError, ModelError. */
export async function runOverlap(plan: OverlapPlan, tools: Tools): Promise<OverlapOutcome> {
  await prepareFolder(plan.out)
  const chosen = await chosenThreshold(plan)
  const pairsFile = plan.model === null || plan.marked !== null || plan.threshold !== null ? null : join(plan.out, 'overlap-pairs.csv') // prettier-ignore
  if (pairsFile !== null) await keepMarks(pairsFile)
  const dataset = await readDataset(plan.dataset)
  const audited: ImageSet = {
    names: dataset.images,
    sources: dataset.images.map((_, row) => comparedSource(dataset, row)),
  }
  const listed = await listImages(plan.referenceImages, '--reference-images')
  const reference: ImageSet = { names: listed.names, sources: listed.paths.map((_, image) => sourceOf(listed, image)) }

  const [own, theirs] = [
    await readSet('audited', audited, plan, tools),
    await readSet('reference', reference, plan, tools),
  ]
  const pixels = await compareByPixels(own, theirs, tools)
  const vectors = plan.model === null ? null : await compareByVectors(plan, plan.model, { dataset, listed }, tools)
  const threshold = plan.threshold ?? chosen?.threshold ?? null

  const found = audited.names.flatMap((image, row): FoundOverlap[] => {
    if (audited.sources[row] === null || own.faults.has(row)) return []
    const [nearest, similar] = [pixels.get(row) ?? null, vectors?.get(row) ?? null]
    // cosines are 32-bit floats: the one that a threshold was read from must not fall below it by its rounding
    const isSimilar = similar !== null && threshold !== null && similar.cosine >= Math.fround(threshold)
    return [
      {
        image,
        isOverlap: (nearest !== null && isCopy(nearest)) || isSimilar,
        pixels: nearest === null ? null : { ...nearest, reference: reference.names[nearest.reference] },
        vectors: similar === null ? null : { reference: reference.names[similar.reference], cosine: similar.cosine },
      },
    ]
  })
  const written = [await writeOverlapCsv(join(plan.out, 'overlap.csv'), found)]
  if (pairsFile !== null) written.push(await writePairsCsv(pairsFile, pairsOf(found)))
  return {
    found,
    referenceImages: reference.names.length,
    unreadable: [...unreadable('audited', audited, own.faults), ...unreadable('reference', reference, theirs.faults)],
    ...{ threshold, chosen, written },
  }
}

async function chosenThreshold({ marked, precision, model }: OverlapPlan): Promise<ChosenThreshold | null> {
  if (marked === null) return null
  if (model === null) {
    const hint =
      'Marked pairs say how similar vectors of one picture are; name the model that the pairs were found with'
    throw new DefinitionError('overlap.marked', { at: 'command line', field: '--marked', expected: 'a model beside it', received: 'none', hint }) // prettier-ignore
  }
  const pairs = await readMarkedPairs(marked)
  const chosen = chooseThreshold(pairs, precision)
  if (chosen !== null) return chosen
  const same = pairs.filter(({ isSame }) => isSame).length
  throw new DatasetError('overlap.marked', {
    at: marked,
    field: 'same',
    expected: `a cosine from which at least ${precision} of the marked pairs are the same picture`,
    received: `${same} of ${pairs.length} the same, and none such`,
    hint: 'Mark more pairs from the top of the list, accept a lower --precision, or leave the model out',
  })
}

/** What a person marked took hours; it is not written over. */
async function keepMarks(file: string): Promise<void> {
  if (!(await hasMarks(file))) return
  throw new DefinitionError('overlap.marked', {
    at: file,
    field: '--out',
    expected: 'no marked pairs in the place of new ones',
    received: 'a file with marks',
    hint: `Use them with --marked ${file}, or name another --out`,
  })
}

function comparedSource(dataset: Dataset, row: number): ImageSource | null {
  const source = sourceOf(dataset, row)
  return source.path === '' || dataset.excluded.has(row) || dataset.quarantined.has(row) ? null : source
}

type ReadSet = Hashed & { readonly faults: ReadonlyMap<number, Quarantine>; readonly usable: readonly number[] }

const REPORT_EVERY = 50 // images

/** Thumbnails and hashes of the images that can be read; `usable` are their places in the set. */
async function readSet(
  what: 'audited' | 'reference',
  { sources }: ImageSet,
  plan: OverlapPlan,
  tools: Tools,
): Promise<ReadSet> {
  const total = sources.filter((source) => source !== null).length
  const onRead = (done: number): void => {
    if (done % REPORT_EVERY === 0 || done === total) tools.onProgress({ stage: 'comparing', what, done, total })
  }
  const { thumbnails, faults } = await readThumbnails(sources, THUMBNAIL_SIDE, onRead, isolationOf(plan, tools))
  const usable = [...sources.keys()].filter((image) => sources[image] !== null && !faults.has(image))
  const size = THUMBNAIL_SIDE * THUMBNAIL_SIDE
  const hashes = new Uint32Array(usable.length * VIEWS.length * WORDS)
  usable.forEach((image, place) => {
    const own = thumbnails.subarray(image * size, (image + 1) * size)
    thumbnails.copyWithin(place * size, image * size, (image + 1) * size) // `place` never lies behind: nothing unread is overwritten
    hashes.set(imageHashes(own), place * VIEWS.length * WORDS)
  })
  return { images: usable.length, thumbnails, hashes, faults, usable }
}

async function compareByPixels(own: ReadSet, theirs: ReadSet, tools: Tools): Promise<Map<number, PixelNeighbour>> {
  const nearest = new Map<number, PixelNeighbour>()
  for (let image = 0; image < own.images; image++) {
    const found = nearestByPixels(own, image, theirs)
    if (found !== null) nearest.set(own.usable[image], { ...found, reference: theirs.usable[found.reference] })
    if (image % REPORT_EVERY !== 0 && image !== own.images - 1) continue
    tools.onProgress({ stage: 'comparing', what: 'pairs', done: image + 1, total: own.images })
    await setImmediate() // a signal is heard in between
  }
  return nearest
}

async function compareByVectors(
  plan: OverlapPlan,
  model: string,
  {
    dataset,
    listed,
  }: { readonly dataset: Dataset; readonly listed: { names: readonly string[]; paths: readonly string[] } },
  tools: Tools,
): Promise<Map<number, CosineNeighbour>> {
  const embedder = await openEmbedder(model, plan, tools)
  const { dataset: datasetPlan, referenceImages, resize } = plan
  try {
    const own = await embedDataset({ models: [model], dataset: datasetPlan, resize }, dataset, embedder, tools)
    const reference = { ...datasetPlan, images: resolve(referenceImages) }
    const theirs = await embedDataset(
      { models: [model], dataset: reference, resize },
      asDataset(listed),
      embedder,
      tools,
    )
    const nearest = await nearestByCosine(own.embeddings, theirs.embeddings, embedder.model.similarities)
    return new Map(nearest.map((one) => [one.row, one] as const))
  } finally {
    await embedder.close()
  }
}

/** Images of a folder, of which nothing is known but their names. */
function asDataset({
  names,
  paths,
}: {
  readonly names: readonly string[]
  readonly paths: readonly string[]
}): Dataset {
  return {
    ...{ id: 'reference', crop: null, licence: null, simulated: false, sources: [], subjects: null, attributes: [] },
    images: names,
    paths,
    ...{ excluded: new Map(), quarantined: new Map(), warnings: [] },
  }
}

/** One pair for each audited image, most similar first; of equal ones in the order of the dataset. */
function pairsOf(found: readonly FoundOverlap[]): OverlapPair[] {
  const pairs = found.flatMap(({ image, pixels, vectors }): OverlapPair[] => {
    if (vectors === null) return []
    const own = pixels?.reference === vectors.reference ? pixels : null
    const { reference, cosine } = vectors
    return [
      { image, reference, cosine, hashDistance: own?.hashDistance ?? null, correlation: own?.correlation ?? null },
    ]
  })
  return pairs.sort((a, b) => b.cosine - a.cosine)
}

function unreadable(
  set: 'audited' | 'reference',
  { names }: ImageSet,
  faults: ReadonlyMap<number, Quarantine>,
): OverlapOutcome['unreadable'] {
  return [...faults].sort(([a], [b]) => a - b).map(([image, fault]) => ({ set, image: names[image], ...fault }))
}
