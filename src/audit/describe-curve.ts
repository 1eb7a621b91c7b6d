import { manifestSha256 } from './dataset/dataset-manifest.js'
import type { ExpandedGrid } from './definitions/expand-grid.js'
import type { CurvePlan } from './definitions/read-curve-plan.js'
import type { Embedder } from './embed-dataset.js'
import type { EmbeddedImages } from './embedding/embed-images.js'
import { settingsUsed } from './embedding/stored-embeddings.js'
import { modelFacts } from './model/model-facts.js'
import type { CurveFacts, CurveTable } from './types/curve.js'
import type { Dataset } from './types/dataset.js'

export type CurveParts = {
  readonly plan: CurvePlan
  readonly expanded: ExpandedGrid
  readonly version: string
  readonly dataset: Dataset
  readonly embedder: Embedder
  readonly images: EmbeddedImages
  readonly tables: readonly CurveTable[]
}

/** The facts of a curve: what was asked, of which images and which model, and what was counted. */
export async function describeCurve(parts: CurveParts): Promise<CurveFacts> {
  const { plan, expanded, version, dataset, embedder, images, tables } = parts
  const { id, title, source, sha256, labelSet, policy } = plan.grid
  const model = modelFacts(embedder.model, await embedder.identity())
  return {
    simulated: dataset.simulated || embedder.model.isSimulated,
    tool: { name: 'probity', version },
    grid: { id, title, source, sha256, repeated: expanded.repeated },
    labelSet,
    policy,
    seed: plan.seed,
    dataset: {
      id: dataset.id,
      crop: dataset.crop,
      manifestSha256: manifestSha256(dataset, images.hashes),
      licence: dataset.licence,
      rows: {
        in: dataset.images.length,
        processed: images.embeddings.rows.length,
        quarantined: dataset.quarantined.size,
        excluded: dataset.excluded.size,
      },
      subjects: dataset.subjects === null ? null : new Set(dataset.subjects).size,
    },
    model,
    evidence: {
      id: 'e1',
      model: model.id,
      kind: 'embeddings',
      preprocessing: embedder.model.preprocessing,
      embeddedWith: settingsUsed(images.hashes, embedder.images),
    },
    factors: expanded.factors,
    specifications: expanded.specifications.map(({ choices, labels, promptsSha256 }) => ({
      choices,
      labels,
      promptsSha256,
    })),
    asWritten: expanded.asWritten,
    tables,
  }
}
