import type { Embedder } from './embed-dataset.js'
import { embedPrompts } from './embedding/embed-prompts.js'
import { readDesigns } from './read-designs.js'
import type { ClassDesign } from './scoring/decide.js'
import type { Plan } from './types/definitions.js'

/** The class vectors of every label set of a plan, by the text encoder of a model. That is freed afterwards: only images need memory from there on. */
export async function designsOf(plan: Plan, { model, openTexts }: Embedder): Promise<ClassDesign[]> {
  const side = await openTexts()
  try {
    return await readDesigns(plan, {
      dim: side.space.dim,
      at: model.folder.name,
      cure: 'The text encoder returned zeros or numbers that are not finite; try the fp32 export',
      vectorsOf: (labelSet, prompts) => embedPrompts(labelSet, prompts, side),
    })
  } finally {
    await side.texts.close()
  }
}
