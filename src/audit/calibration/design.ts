import type { Policy } from '../types/definitions.js'
import type { SizedGroup } from './fairface.js'

/** What is calibrated: a rule, and the sizes of the groups it is meant for. Plain data, so that it can be sent to a worker. */
export type CalibrationDesign = {
  readonly groups: readonly SizedGroup[]
  /** Groups that the rates of the CLIP paper's Table 6 are planted in, in turn. */
  readonly recoveryGroups: readonly SizedGroup[]
  readonly policy: Policy
  /** The group sizes are those of FairFace and the limits those of the default policy, for which figures computed elsewhere exist. */
  readonly isReference: boolean
  readonly seed: number
  /** Simulated audits per world. */
  readonly audits: number
}

/** A group beside everyone else. */
export type SizedPair = { readonly name: string | null; readonly images: number; readonly rest: number }

/** Groups with enough images for a verdict. */
export function judgedGroups({ groups, policy }: Pick<CalibrationDesign, 'groups' | 'policy'>): SizedGroup[] {
  return groups.filter(({ images }) => images >= Math.max(1, policy.minimumImages))
}

/** m of a family of one outcome over the groups; two groups are one comparison. */
export function comparisonsOf(design: Pick<CalibrationDesign, 'groups' | 'policy'>): number {
  const judged = judgedGroups(design).length
  return design.groups.length === 2 ? 1 : Math.max(1, judged)
}

/** Every judged group beside everyone else, each size once, smallest first; where everyone else is too few there is no verdict. */
export function sizedPairs(design: Pick<CalibrationDesign, 'groups' | 'policy'>): SizedPair[] {
  const everyone = totalImages(design.groups)
  const ascending = judgedGroups(design)
    .filter(({ images }) => everyone - images >= Math.max(1, design.policy.minimumImages))
    .sort((a, b) => a.images - b.images)
  return ascending
    .filter(({ images }, place) => place === 0 || images !== ascending[place - 1].images)
    .map(({ name, images }) => ({ name, images, rest: everyone - images }))
}

/** The smallest, the median and the largest of them (fewer where there are fewer). */
export function typicalPairs(design: Pick<CalibrationDesign, 'groups' | 'policy'>): SizedPair[] {
  const pairs = sizedPairs(design)
  return [...new Set([0, Math.floor((pairs.length - 1) / 2), pairs.length - 1])].map((place) => pairs[place])
}

export function totalImages(groups: readonly SizedGroup[]): number {
  return groups.reduce((sum, { images }) => sum + images, 0)
}
