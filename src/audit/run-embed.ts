import { embedDataset, openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import type { ExportedFrom } from './embedding/describe-export.js'
import type { EmbedCounts } from './embedding/image-ledger.js'
import { writeVectors } from './embedding/write-vectors.js'
import { readDataset } from './dataset/read-dataset.js'
import { prepareExport } from './prepare-export.js'
import type { Tools } from './tools.js'
import type { Dataset, Quarantine } from './types/dataset.js'
import type { EmbeddingPlan } from './types/definitions.js'

export type EmbedOutcome = {
  readonly model: string
  /** SHA-256 over the files of the image encoder. */
  readonly encoder: string
  readonly dim: number
  /** Rows of the label file: in = found + embedded + quarantined + excluded. */
  readonly rows: { readonly in: number; readonly excluded: number } & EmbedCounts
  /** In the order of the label file. */
  readonly quarantined: readonly ({ readonly image: string } & Quarantine)[]
  /** Vectors and the names of their rows, where they were asked for. */
  readonly exported: readonly string[]
  /** Whether the vectors are there for the next run. */
  readonly isKept: boolean
}

/** Embeds the images of a plan's dataset with each of its models, one after the other, and keeps their vectors for later audits. With
 *  `exportTo` (a path that ends in .npy or .safetensors, for a plan of one model) the unit vectors are also written there, with a table of their
 *  rows and what an audit needs to read them beside them. */
export async function runEmbed(plan: EmbeddingPlan, tools: Tools, exportTo: string | null): Promise<EmbedOutcome[]> {
  if (exportTo !== null) await prepareExport(exportTo)
  const dataset = await readDataset(plan.dataset)
  const outcomes: EmbedOutcome[] = []
  for (const model of plan.models) outcomes.push(await embedWith(model, { plan, dataset, exportTo }, tools))
  return outcomes
}

type Job = { readonly plan: EmbeddingPlan; readonly dataset: Dataset; readonly exportTo: string | null }

async function embedWith(model: string, { plan, dataset, exportTo }: Job, tools: Tools): Promise<EmbedOutcome> {
  const embedder = await openEmbedder(model, plan, tools)
  try {
    const images = await embedDataset(plan, dataset, embedder, tools)
    const quarantined = new Map([...dataset.quarantined, ...images.quarantined])
    return {
      model: embedder.model.folder.name,
      encoder: String(embedder.images.description['encoder']),
      dim: embedder.model.dim,
      rows: {
        in: dataset.images.length,
        excluded: dataset.excluded.size,
        ...images.counts,
        quarantined: quarantined.size,
      },
      quarantined: [...quarantined]
        .sort(([a], [b]) => a - b)
        .map(([row, { code, reason }]) => ({ image: dataset.images[row], code, reason })),
      isKept: embedder.images.isKept(),
      exported: exportTo === null ? [] : await writeVectors(exportTo, dataset, images, await describe(embedder)),
    }
  } finally {
    await embedder.close()
  }
}

async function describe({ model, identity }: Embedder): Promise<ExportedFrom> {
  const { folder, name } = model.folder
  const { sha256 } = await identity()
  return { folder, name, sha256, preprocessing: model.preprocessing, isSimulated: model.isSimulated }
}
