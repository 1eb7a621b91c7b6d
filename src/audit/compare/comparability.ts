import type { AuditDifference, NotComparableReason } from '../types/audit-comparison.js'
import type { EvidenceFacts, Facts } from '../types/facts.js'
import { comparisonBasis, differsIn } from './basis.js'
import type { MatchedRun } from './match-runs.js'

/** Why nothing may be called a change between two runs, or null. Other images, another crop, other annotations and other preprocessing make
 *  other figures; another label set and another model at once leave open which of them did it. */
export function notComparable(
  differences: readonly AuditDifference[],
  [first, second]: readonly [Facts, Facts],
  run: MatchedRun,
): NotComparableReason | null {
  const isOtherDesign = !sameDesign(first, second, run)
  const basis = comparisonBasis(differences)
  const reasons: readonly (readonly [boolean, NotComparableReason])[] = [
    [differsIn(differences, 'simulated'), 'simulated-and-real'],
    [differsIn(differences, 'crop') && !sameBytes(differences, first, second), 'other-crop'],
    [differsIn(differences, 'attributes'), 'other-attributes'],
    [isOtherKind(first, second, run), 'other-evidence'],
    [differsIn(differences, 'dataset'), 'other-images'],
    [isOtherPreprocessing(first, second, run), 'other-preprocessing'],
    [differsIn(differences, 'reference'), 'other-reference'],
    [isHalf(run.labelSets) || isHalf(run.evidence), 'other-labels'],
    [isOtherDesign && basis !== 'design', 'several-differ'],
  ]
  return reasons.find(([holds]) => holds)?.[1] ?? null
}

/** The same bytes are the same crop, whatever each audit says of it; where no image was opened, nobody knows the bytes. */
function sameBytes(differences: readonly AuditDifference[], first: Facts, second: Facts): boolean {
  return first.dataset.duplicates !== null && second.dataset.duplicates !== null && !differsIn(differences, 'dataset')
}

/** A run that the other audit has not. Failures to process have no run in either. */
export function isHalf([first, second]: MatchedRun['labelSets']): boolean {
  return (first === null) !== (second === null)
}

/** Whether one of the two decided with a model and the other took decisions made elsewhere. Other models beside them play no part. */
function isOtherKind(first: Facts, second: Facts, run: MatchedRun): boolean {
  if (isHalf(run.evidence)) return false
  const [before, after] = evidenceOf(first, second, run)
  return before?.kind !== after?.kind
}

/** Whether one model saw its images prepared in two ways; another model comes with its own. */
function isOtherPreprocessing(first: Facts, second: Facts, run: MatchedRun): boolean {
  const [before, after] = evidenceOf(first, second, run)
  if (before?.kind === 'vectors' && after?.kind === 'vectors') {
    const isSameModel =
      before.source.modelSha256 === after.source.modelSha256 && before.source.model === after.source.model
    return isSameModel && before.source.preprocessing !== after.source.preprocessing
  }
  if (before?.kind !== 'embeddings' || after?.kind !== 'embeddings') return false
  const [was, is] = [modelOf(first, before), modelOf(second, after)]
  return was === is && before.preprocessing.sha256 !== after.preprocessing.sha256
}

function evidenceOf(first: Facts, second: Facts, { evidence }: MatchedRun): (EvidenceFacts | undefined)[] {
  return [first, second].map((facts, side) => facts.evidence.find(({ id }) => id === evidence[side]))
}

function modelOf({ models }: Facts, { model }: EvidenceFacts): string | undefined {
  return models.find(({ id }) => id === model)?.sha256
}

/** Whether both runs ask a model the same, and mean the same by it. */
export function sameDesign(first: Facts, second: Facts, { labelSets }: MatchedRun): boolean {
  const [before, after] = [first, second].map((facts, side) => facts.labelSets.find(({ id }) => id === labelSets[side]))
  const asked = (labelSet: typeof before): string =>
    JSON.stringify([labelSet?.promptsSha256, labelSet?.outcomes, labelSet?.labels])
  return asked(before) === asked(after)
}
