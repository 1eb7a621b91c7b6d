/** Places of the `most` highest scores, the highest first; of equal scores the one listed first. Writes them into `best` (at least `most` long)
 *  and gives back how many there are: fewer only where there are fewer scores. One pass; no more is sorted than is kept.
 *  Throws RangeError for a score that is no number: it would be above none and vanish in silence.
 *  @example bestLabels([0.2, 0.5, 0.2], 2, new Uint32Array(2))  // 2, with [1, 0] in `best` */
export function bestLabels(scores: ArrayLike<number>, most: number, best: Uint32Array): number {
  let kept = 0
  for (let label = 0; label < scores.length; label++) {
    const score = scores[label]
    if (Number.isNaN(score)) throw new RangeError('bestLabels expected a score for every label but received NaN')
    if (kept === most && !(score > scores[best[kept - 1]])) continue
    let place = kept < most ? kept++ : kept - 1
    for (; place > 0 && score > scores[best[place - 1]]; place--) best[place] = best[place - 1]
    best[place] = label
  }
  return kept
}
