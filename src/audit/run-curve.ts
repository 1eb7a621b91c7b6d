import { curveId } from './audit-file/curve-id.js'
import { readDataset } from './dataset/read-dataset.js'
import { expandGrid } from './definitions/expand-grid.js'
import type { CurvePlan } from './definitions/read-curve-plan.js'
import { deriveCurve } from './derive-curve.js'
import { describeCurve } from './describe-curve.js'
import { curveTables } from './designs/curve/curve-tables.js'
import { embedDataset, openEmbedder } from './embed-dataset.js'
import { groupImages, singleGroupings } from './group-images.js'
import { readCurveDesigns } from './read-curve-designs.js'
import { decideSpecifications } from './scoring/decide-specifications.js'
import type { Tools } from './tools.js'
import type { CurveResult } from './types/curve.js'
import type { Dataset } from './types/dataset.js'

export type CurveOutcome = { readonly curve: CurveResult; readonly dataset: Dataset }

/** A specification curve: the same images decided under every specification of a grid, counted, compared with what chance alone gives, and judged. */
export async function runCurve(plan: CurvePlan, tools: Tools): Promise<CurveOutcome> {
  const watch = tools.stopwatch()
  const expanded = expandGrid(plan.grid)
  const dataset = await readDataset(plan.dataset)
  const groupings = singleGroupings(plan.grid.probe, dataset)
  watch.lap('dataset')

  const embedder = await openEmbedder(plan.models[0], plan, tools)
  try {
    const reading = readCurveDesigns(plan.grid, expanded, embedder) // prompts are refused before any image is read
    const [designs, images] = await Promise.all([
      reading,
      embedDataset(plan, dataset, embedder, tools, { encoderIsFree: reading }),
    ])
    watch.lap('embedding')

    const bits = await decideSpecifications(images.embeddings, designs, embedder.model.similarities)
    watch.lap('decisions')

    const { probe, policy, id: grid } = plan.grid
    const counting = { bits, probe, grid, margin: policy.margin, draws: plan.draws, seed: plan.seed }
    const tables = groupings.flatMap((groupBy) =>
      curveTables(groupImages(groupBy, { dataset, probe, rows: images.embeddings.rows }), counting),
    )
    watch.lap('joint-null')

    const seen = { ...dataset, quarantined: new Map([...dataset.quarantined, ...images.quarantined]) }
    const facts = await describeCurve({
      plan,
      expanded,
      version: tools.version,
      dataset: seen,
      embedder,
      images,
      tables,
    })
    const derived = deriveCurve(facts)
    watch.lap('findings')

    const device = embedder.deviceChoice()
    const run = {
      ...tools.describeRun(watch.laps(), images.counts.found),
      ...(device === null ? {} : { devices: [{ model: embedder.model.folder.name, ...device }] }),
    }
    const curve: CurveResult = { schema: 'probity/curve@1', curveId: curveId(facts, derived), facts, derived, run }
    return { curve, dataset: seen }
  } finally {
    await embedder.close()
  }
}
