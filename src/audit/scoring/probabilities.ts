import type { Activation } from '../types/activation.js'
import { softmax } from './softmax.js'

/** Probabilities of the labels of one image from its cosines, in float64; `into` has one place a label and is overwritten. Those of a softmax
 *  sum to 1 over the label set; those of a sigmoid are each label's own, whatever stands beside it. */
export function probabilities(scores: ArrayLike<number>, activation: Activation, into: Float64Array): Float64Array {
  if (activation.kind === 'softmax') return softmax(scores, activation.scale, into)
  for (let label = 0; label < into.length; label++) into[label] = sigmoid(scores[label], activation)
  return into
}

/** Probability of one label alone: 1 / (1 + e^-(scale x cosine + bias)). Source: Zhai et al. 2023, Sigmoid Loss for Language Image Pre-Training. */
export function sigmoid(score: number, { scale, bias }: { readonly scale: number; readonly bias: number }): number {
  return 1 / (1 + Math.exp(-(scale * score + bias)))
}
