import { categoryOutcomes } from './types/measures.js'
import type { ExpandedGrid } from './definitions/expand-grid.js'
import { manyDesigns } from './designs/curve/many-designs.js'
import type { Embedder } from './embed-dataset.js'
import { embedPrompts } from './embedding/embed-prompts.js'
import { fillPrompt } from './definitions/fill-prompt.js'
import { ModelError } from './errors.js'
import type { ManyDesigns } from './scoring/decide-specifications.js'
import type { Grid } from './types/grid.js'

/** The class vectors of every specification of a grid. Each distinct template is filled with each distinct text once; prompts that were embedded
 *  before are taken from the store. The text encoder is freed afterwards. */
export async function readCurveDesigns(
  grid: Grid,
  expanded: ExpandedGrid,
  { model, openTexts }: Embedder,
): Promise<ManyDesigns> {
  const side = await openTexts()
  try {
    const templates = [...new Set(expanded.templateLists.flat())]
    const prompts = expanded.texts.flatMap((text) => templates.map((template) => fillPrompt(template, text)))
    const raw = await embedPrompts(asLabelSet(grid, expanded.texts, templates), prompts, side)
    const asked = {
      templateLists: expanded.templateLists.map((list) => list.map((template) => templates.indexOf(template))),
      templates: templates.length,
      texts: expanded.texts.length,
      specifications: expanded.specifications,
    }
    return vectorsOrRefuse(
      () => manyDesigns(raw, side.space.dim, asked, categoryOutcomes(grid.probe.measure)),
      grid,
      model.folder.name,
    )
  } finally {
    await side.texts.close()
  }
}

/** Every text as a label, so that a prompt that is too long is refused by the text's name and the number of the template. */
function asLabelSet(grid: Grid, texts: readonly string[], templates: readonly string[]): Grid['labelSet'] {
  const labels = texts.map((text) => ({ id: JSON.stringify(text), text, outcome: '', implies: [] }))
  return { ...grid.labelSet, id: `${grid.labelSet.id} in the grid ${grid.id}`, labels, templates }
}

function vectorsOrRefuse(make: () => ManyDesigns, grid: Grid, at: string): ManyDesigns {
  try {
    return make()
  } catch (cause) {
    const received = `vectors without a direction for the grid ${grid.id}`
    const hint = 'The text encoder returned zeros or numbers that are not finite; try the fp32 export'
    throw new ModelError(
      'model.text-vectors',
      { at, expected: 'a direction for every prompt', received, hint },
      { cause },
    )
  }
}
