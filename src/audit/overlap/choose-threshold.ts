import { clopperPearsonInterval } from '../statistics/clopper-pearson-interval.js'

/** A pair of images that a person looked at. */
export type MarkedPair = { readonly cosine: number; readonly isSame: boolean }

export type ChosenThreshold = {
  /** A pair is taken for the same from this cosine on. */
  readonly threshold: number
  /** Marked pairs from the threshold on: so many the same, of so many. */
  readonly same: number
  readonly total: number
  /** Low end of the 95 % Clopper-Pearson interval of that precision. */
  readonly low: number
}

/** The lowest threshold from which the marked pairs are the same picture at least as often as `precision` asks; null where there is none.
 *  Precision first, as the CLIP paper does (section 5). Thresholds that are tried are the cosines of the marked pairs; pairs of one cosine
 *  stand or fall together. Throws RangeError unless 0 < precision <= 1.
 *  @example chooseThreshold([{ cosine: 0.9, isSame: true }, { cosine: 0.8, isSame: false }], 0.98)?.threshold  // 0.9 */
export function chooseThreshold(marked: readonly MarkedPair[], precision: number): ChosenThreshold | null {
  if (!(precision > 0 && precision <= 1)) {
    throw new RangeError(`chooseThreshold expected a precision above 0 and at most 1 but received ${precision}`)
  }
  const descending = [...marked].sort((a, b) => b.cosine - a.cosine)
  let chosen: ChosenThreshold | null = null
  let same = 0
  descending.forEach(({ cosine, isSame }, index) => {
    if (isSame) same++
    const total = index + 1
    if (descending.at(total)?.cosine === cosine || same < precision * total) return
    chosen = { threshold: cosine, same, total, low: clopperPearsonInterval({ count: same, total }).low }
  })
  return chosen
}
