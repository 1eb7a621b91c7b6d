import { requireFlowMatrix } from '../statistics/flow-matrix.js'
import type { ReasonCode } from '../types/verdict.js'

/** A count over a total; `value` is null, with its reason, exactly when the total is 0. */
export type ClassRate = {
  readonly count: number
  readonly total: number
  readonly value: number | null
  readonly reason?: ReasonCode
}

/** Recall: of the images annotated as the class, those decided as it. Precision: of the images decided as the class, those
 *  annotated as it. */
export type ClassRates = { readonly recall: ClassRate; readonly precision: ClassRate }

/** Recall and precision of every class of an attribute (measures.md B2). Evidence needed: decisions.
 *  `confusion`: images by annotated class (row) and decided class (column). `offAttribute`: images of each annotated class whose
 *  label claims nothing of the attribute (*thief*, when the question is race); they are incorrect, so they count in the
 *  denominator of recall, and in no precision. Default: none.
 *  A class without images has recall null `no-images`; a class never decided has precision null `class-absent`.
 *  Throws RangeError unless the matrix is square, with whole counts from 0, and `offAttribute` has one for each class.
 *  @example confusionRates([[8, 2], [1, 4]])[0]  // { recall: { value: 0.8, ... }, precision: { value: 0.889, ... } } */
export function confusionRates(
  confusion: readonly (readonly number[])[],
  offAttribute: readonly number[] = confusion.map(() => 0),
): ClassRates[] {
  requireFlowMatrix('confusionRates', confusion)
  requireOffAttribute(offAttribute, confusion.length)
  return confusion.map((row, index) => ({
    recall: rateOf(row[index], sum(row) + offAttribute[index], 'no-images'),
    precision: rateOf(row[index], sum(confusion.map((annotated) => annotated[index])), 'class-absent'),
  }))
}

function requireOffAttribute(offAttribute: readonly number[], classes: number): void {
  if (offAttribute.length !== classes) {
    throw new RangeError(
      `confusionRates expected ${classes} counts off the attribute but received ${offAttribute.length}`,
    )
  }
  const wrong = offAttribute.find((images) => !Number.isSafeInteger(images) || images < 0)
  if (wrong !== undefined) throw new RangeError(`confusionRates expected whole counts from 0 but received ${wrong}`)
}

function rateOf(count: number, total: number, reason: ReasonCode): ClassRate {
  return total === 0 ? { count, total, value: null, reason } : { count, total, value: count / total }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
