import { SAME_COSINE } from './label-distances.js'
import type { Design, DesignVectors, LabelDistances } from './rule.js'

/** Whether a model cannot tell two labels apart: the same tokens in every template, or class vectors that hardly differ. */
export function sameToModel(
  design: Design,
  { tokens }: DesignVectors,
  distances: LabelDistances | null,
): (left: number, right: number) => boolean {
  const keys: string[] = design.labelSet.labels.map(() => '')
  design.prompts.forEach(({ label }, index) => (keys[label] += `${JSON.stringify(tokens[index].ids)} `))
  return (left, right) =>
    keys[left] === keys[right] || (distances !== null && distances.cosine(left, right) >= SAME_COSINE)
}
