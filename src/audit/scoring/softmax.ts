/** Probabilities of the labels of one image: softmax of its cosines at the logit scale of the model, in float64. `into` has one place a
 *  label and is overwritten. The largest cosine is subtracted first, so that no exponential overflows. */
export function softmax(scores: ArrayLike<number>, logitScale: number, into: Float64Array): Float64Array {
  let best = -Infinity
  for (let label = 0; label < into.length; label++) best = Math.max(best, scores[label])
  let total = 0
  for (let label = 0; label < into.length; label++) {
    into[label] = Math.exp(logitScale * (scores[label] - best))
    total += into[label]
  }
  for (let label = 0; label < into.length; label++) into[label] /= total
  return into
}
