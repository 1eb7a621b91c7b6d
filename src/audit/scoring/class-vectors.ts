/** One vector per label from the vectors of its filled prompts: normalise each prompt vector, average over the templates,
 *  normalise again (CLIP 3.1.4; the notebook Prompt_Engineering_for_ImageNet of openai/CLIP).
 *  `prompts` is (labels x templates) x dim, row-major, label by label, not normalised; sums are kept in float64.
 *  Returns labels x dim, unit rows. Throws RangeError if a vector has no direction or is not finite. */
export function classVectors(
  prompts: Float32Array,
  shape: { labels: number; templates: number; dim: number },
): Float32Array {
  const { labels, templates, dim } = shape
  if (prompts.length !== labels * templates * dim) {
    throw new RangeError(`classVectors expected ${labels * templates * dim} numbers but received ${prompts.length}`)
  }
  const vectors = new Float32Array(labels * dim)
  const mean = new Float64Array(dim)
  for (let label = 0; label < labels; label++) {
    mean.fill(0)
    for (let template = 0; template < templates; template++) {
      const start = (label * templates + template) * dim
      const length = lengthOf(prompts.subarray(start, start + dim))
      for (let i = 0; i < dim; i++) mean[i] += prompts[start + i] / length / templates
    }
    const length = lengthOf(mean)
    for (let i = 0; i < dim; i++) vectors[label * dim + i] = mean[i] / length
  }
  return vectors
}

function lengthOf(vector: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  const length = Math.sqrt(sum)
  if (!(length > 0 && Number.isFinite(length))) throw new RangeError('classVectors needs vectors with a direction')
  return length
}
