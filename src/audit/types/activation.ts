/**
 * What turns the similarities of an image into probabilities; null where it is not known. Without `logitBias` the model compares labels with
 * each other: softmax(scale x cosine) over the label set, which sums to 1. With it the model was trained label by label (SigLIP):
 * sigmoid(scale x cosine + bias) of each label alone, which sums to anything.
 */
export type Logits = { readonly logitScale: number | null; readonly logitBias?: number | null }

/** The same where everything is known. */
export type Activation =
  | { readonly kind: 'softmax'; readonly scale: number }
  | { readonly kind: 'sigmoid'; readonly scale: number; readonly bias: number }
