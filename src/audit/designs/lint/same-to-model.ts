import { SAME_COSINE, labelDistances } from './label-distances.js'
import type { Design, DesignVectors } from './rule.js'

/** Whether a model cannot tell two labels apart: the same tokens in every template, or class vectors that hardly differ. */
export function sameToModel(design: Design, model: DesignVectors): (left: number, right: number) => boolean {
  const distances = labelDistances(model)
  const keys = design.labelSet.labels.map((_, label) =>
    JSON.stringify(
      design.prompts.flatMap((prompt, index) => (prompt.label === label ? [model.tokens[index].ids] : [])),
    ),
  )
  return (left, right) =>
    keys[left] === keys[right] || (distances !== null && distances.cosine(left, right) >= SAME_COSINE)
}
