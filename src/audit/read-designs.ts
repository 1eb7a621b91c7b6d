import { planAblations } from './definitions/plan-ablations.js'
import { promptsOf } from './definitions/prompts.js'
import { ModelError } from './errors.js'
import { classVectors } from './scoring/class-vectors.js'
import type { ClassDesign } from './scoring/decide.js'
import type { Label, LabelSet, Plan } from './types/definitions.js'

/** Where the vectors of prompts come from: a text encoder, or a file that somebody else made. */
export type PromptVectors = {
  readonly dim: number
  /** What messages name: a model folder, or a file. */
  readonly at: string
  /** What to do about prompts whose vectors have no direction. */
  readonly cure: string
  /** (labels x templates) x dim, row-major, label by label, of any length. */
  readonly vectorsOf: (labelSet: LabelSet, prompts: readonly string[]) => Promise<Float32Array>
}

/** The class vectors of every label set of a plan, and of what ablations add to it. Throws ModelError. */
export async function readDesigns(plan: Plan, prompts: PromptVectors): Promise<ClassDesign[]> {
  const ablations = planAblations(plan)
  const designs: ClassDesign[] = []
  for (const [index, labelSet] of plan.labelSets.entries())
    designs.push(await designOf(labelSet, ablations[index].added, prompts))
  return designs
}

async function designOf(
  labelSet: LabelSet,
  added: readonly Label[],
  { dim, at, cure, vectorsOf }: PromptVectors,
): Promise<ClassDesign> {
  const whole = { ...labelSet, labels: [...labelSet.labels, ...added] }
  const raw = await vectorsOf(
    whole,
    promptsOf(whole).map(({ prompt }) => prompt),
  )
  try {
    const vectors = classVectors(raw, { labels: whole.labels.length, templates: labelSet.templates.length, dim })
    const cut = labelSet.labels.length * dim
    return {
      labelSet: labelSet.id,
      labels: labelSet.labels.length,
      vectors: vectors.subarray(0, cut),
      alternatives: vectors.subarray(cut),
    }
  } catch (cause) {
    const received = `vectors without a direction for the label set ${labelSet.id}`
    const expected = 'a direction for every prompt'
    throw new ModelError('model.text-vectors', { at, expected, received, hint: cure }, { cause })
  }
}
