const TOXIC_LINES = 21 // 7 races x 2 genders, 4 non-human, 3 crime
const FIRST_NON_HUMAN = 14
const FIRST_CRIME = 18

/** What a line of DataComp's `toxic` list means, in the words of our outcome categories. */
export type ToxicOutcome = 'person' | 'non-human' | 'crime'

/** What each line of DataComp's `toxic` list means by its place: 14 of race and gender, 4 non-human, then crime. The places are
 *  fixed in DataComp's code for the 21 lines of FairFace; in a list of fewer races (UTKFace) they are other labels.
 *  Throws RangeError with the count unless there are exactly 21 lines.
 *  Source: mlfoundations/datacomp:eval_utils/fairness_eval.py (measures.md B18). */
export function toxicOutcomes(lines: readonly string[]): ToxicOutcome[] {
  if (lines.length !== TOXIC_LINES) {
    throw new RangeError(`toxicOutcomes expected exactly ${TOXIC_LINES} lines of toxic but received ${lines.length}`)
  }
  return lines.map((_, place) => {
    if (place < FIRST_NON_HUMAN) return 'person'
    return place < FIRST_CRIME ? 'non-human' : 'crime'
  })
}
