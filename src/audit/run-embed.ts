import { openEmbedder } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { embedShard } from './embed-shard.js'
import type { EmbedOutcome } from './embed-shard.js'
import type { ExportedFrom } from './embedding/describe-export.js'
import { writeVectors } from './embedding/write-vectors.js'
import { readDataset } from './dataset/read-dataset.js'
import { prepareExport } from './prepare-export.js'
import { refuseOpenPace } from './refuse-open-pace.js'
import type { Tools } from './tools.js'
import type { EmbeddingPlan } from './types/definitions.js'
import type { Shard } from './types/shard.js'

export type { EmbedOutcome }

export type EmbedOptions = {
  /** A path that ends in .npy or .safetensors, for a plan of one model: the unit vectors are also written there, with a table of their
   *  rows and what an audit needs to read them beside them. */
  readonly exportTo?: string | null
  /** Embed this share of the rows alone. Other processes embed the others meanwhile, into the same store: none waits for another. */
  readonly shard?: Shard | null
}

/** Embeds the images of a plan's dataset, or one shard of them, with each of its models, one after the other, and keeps their vectors for later
 *  audits. */
export async function runEmbed(
  plan: EmbeddingPlan,
  tools: Tools,
  { exportTo = null, shard = null }: EmbedOptions = {},
): Promise<EmbedOutcome[]> {
  if (shard !== null) refuseOpenPace(tools)
  if (exportTo !== null) await prepareExport(exportTo)
  const dataset = await readDataset(plan.dataset)
  const outcomes: EmbedOutcome[] = []
  for (const model of plan.models) {
    const embedder = await openEmbedder(model, plan, tools)
    try {
      const { outcome, images } = await embedShard(embedder, { plan, dataset, shard }, tools)
      const exported = exportTo === null ? [] : await writeVectors(exportTo, dataset, images, await describe(embedder))
      outcomes.push({ ...outcome, exported })
    } finally {
      await embedder.close()
    }
  }
  return outcomes
}

async function describe({ model, identity }: Embedder): Promise<ExportedFrom> {
  const { folder, name } = model.folder
  const { sha256 } = await identity()
  return { folder, name, sha256, preprocessing: model.preprocessing, isSimulated: model.isSimulated }
}
