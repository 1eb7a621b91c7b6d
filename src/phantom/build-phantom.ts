import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '../audit/statistics/random.js'
import { drawLevels } from './draw-levels.js'
import { drawTile } from './draw-tile.js'
import { drawTruth } from './draw-truth.js'
import type { Sampling, Truth } from './draw-truth.js'
import { writeModelFiles } from './model-files.js'
import { layOutTile } from './tile-layout.js'
import type { World } from './world.js'

const FILES_AT_ONCE = 64 // enough to keep the disk busy, far below any limit on open files

export type PhantomOptions = {
  readonly world: World
  /** Where to build; made when absent, and files of an earlier phantom are written over. */
  readonly folder: string
  readonly sampling: Sampling
  readonly seed: number
  readonly onProgress?: (done: number, total: number) => void
}

/** Where the phantom lies. `images` is the image root that the names in `labels` are relative to. */
export type PhantomFiles = {
  readonly model: string
  readonly labels: string
  readonly images: string
  readonly truth: string
  readonly total: number
}

/**
 * Builds the phantom: simulated images in the layout of FairFace, a constructed model in the layout of the hubs, and
 * `truth.csv` with the exact decision of every image. Equal world, sampling and seed give equal bytes everywhere.
 */
export async function buildPhantom(options: PhantomOptions): Promise<PhantomFiles> {
  const { world, folder, sampling, seed } = options
  const truth = drawTruth(world, sampling, seed)
  const files: PhantomFiles = {
    model: join(folder, 'phantom-model'),
    labels: join(folder, 'labels.csv'),
    images: join(folder, 'images'),
    truth: join(folder, 'truth.csv'),
    total: truth.rows.length,
  }
  const layout = layOutTile(world)
  const random = createRandom(seed, 'phantom/levels')
  await mkdir(join(files.images, 'val'), { recursive: true })
  await writeFile(join(folder, 'README.txt'), readme(world, sampling, seed))
  await writeModelFiles(world, layout, files.model)

  for (let start = 0; start < truth.rows.length; start += FILES_AT_ONCE) {
    const batch = truth.rows.slice(start, start + FILES_AT_ONCE).map((row, index) => {
      const tile = drawTile(layout, drawLevels(world, layout, row, random), start + index)
      return writeFile(join(files.images, row.file), tile)
    })
    await Promise.all(batch)
    options.onProgress?.(start + batch.length, truth.rows.length)
  }
  await writeFile(files.labels, labelsFile(truth))
  await writeFile(files.truth, truthFile(truth))
  return files
}

/** FairFace's own columns. `service_test` means nothing here. */
function labelsFile({ rows }: Truth): string {
  const lines = rows.map(({ file, age, gender, race }) => `${file},${age},${gender},${race},False`)
  return ['file,age,gender,race,service_test', ...lines, ''].join('\n')
}

function truthFile({ labelSets, rows }: Truth): string {
  const lines = rows.map(({ file, winners }) => [file, ...winners].join(','))
  return [['file', ...labelSets].join(','), ...lines, ''].join('\n')
}

function readme(world: World, sampling: Sampling, seed: number): string {
  return `Simulated data. It says nothing about any model or any people.

World: ${world.id} (${world.title})
Source: ${world.source}
Sampling: ${sampling}, seed ${seed}

images/     drawn tiles: no photographs, no faces
labels.csv  simulated annotations in the columns of FairFace
truth.csv   the planted decision of every image under every label set
phantom-model/ a constructed dual encoder; nothing in it was trained
`
}
