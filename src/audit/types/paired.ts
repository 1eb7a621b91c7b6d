import type { ChangeReason, ChangeVerdict } from './change.js'
import type { Group } from './groups.js'
import type { ReasonCode } from './verdict.js'

/** The same images decided twice: counted in both runs, in one of them, in neither. */
export type PairedImages = {
  readonly both: number
  readonly onlyFirst: number
  readonly onlySecond: number
  readonly neither: number
}

/** Near-tied images (in the first run, the second or both) by label and outcome category of the runner-up where it is near; null where
 *  that run is clear. */
export type NearTiedFlow = readonly [
  from: string,
  nearFrom: string | null,
  to: string,
  nearTo: string | null,
  images: number,
]

/** Where the images of one cell go between two runs. Counts that are zero are left out; labels stand in their order. */
export type PairedCell = {
  /** Images decided in both runs, by label. */
  readonly flows: readonly (readonly [from: string, to: string, images: number])[]
  /** null when only decisions were given in one of the two. */
  readonly nearTies: readonly NearTiedFlow[] | null
  /** Images decided in one of the two runs only: in no flow. */
  readonly onlyFirst: number
  readonly onlySecond: number
}

/** Changes that are corrected together: one probe, one pair of runs, one groupBy, over all its outcomes (a union has its own).
 *  `change`: of each group. `difference-in-differences`: of each group against the change of everyone else. */
export type ChangeFamily = {
  readonly id: string
  readonly kind: 'change' | 'difference-in-differences'
  readonly probe: string
  readonly groupBy: readonly string[]
  readonly outcomes: readonly string[]
  readonly alpha: number
  /** Groups x outcomes with at least `minimum` images decided in both runs (on both sides), at least 1. */
  readonly m: number
  readonly size: number
  readonly minimum: number
  /** Largest change that does not matter, as a share from 0 to 1. */
  readonly margin: number
}

/** Two runs over the same images: two label sets under one model (`designs`), or one label set under two models (`models`). */
export type PairFacts = {
  readonly id: string
  readonly kind: 'designs' | 'models'
  readonly evidence: readonly [first: string, second: string]
  readonly labelSets: readonly [first: string, second: string]
  /** Labels of the second label set that the first has not (by id, text and outcome), and the other way round. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** The second label set is the first with labels added, under the same templates and model: images can only move to added labels. */
  readonly isSuperset: boolean
  readonly families: readonly ChangeFamily[]
  /** One per cell of the dataset, in order. */
  readonly cells: readonly PairedCell[]
}

/** How three or more runs decide the same images: outcome categories in the order of `runs`, images decided in all of them. */
export type JointFacts = {
  readonly id: string
  readonly kind: 'designs' | 'models'
  readonly runs: readonly (readonly [evidence: string, labelSet: string])[]
  /** One per cell of the dataset. */
  readonly cells: readonly (readonly (readonly [outcomes: readonly string[], images: number])[])[]
}

export type ChangeBounds = readonly [low: number, high: number]

/** Second run minus first run; null, with `reason`, where no image was decided in both. */
export type ChangeDifference = {
  readonly value: number | null
  readonly reason?: 'not-paired'
  /** Plain, at level 1 - alpha: for reading. */
  readonly interval: ChangeBounds | null
  /** At level 1 - alpha / m: for the verdict. */
  readonly adjusted: ChangeBounds | null
  readonly method: 'tango' | 'mover'
}

/** A rate under one of two runs, over the images decided in both, with its Wilson interval at level 1 - alpha; null without images. */
export type PairedRate = {
  readonly count: number
  readonly total: number
  readonly value: number | null
  readonly interval: ChangeBounds | null
}
export type PairedRates = readonly [first: PairedRate, second: PairedRate]

export type ChangeOf = {
  readonly id: string
  readonly pair: string
  readonly family: string
  readonly probe: string
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly group: Group
  /** Of the group, image by image. */
  readonly paired: PairedImages
  readonly rates: PairedRates
  readonly difference: ChangeDifference
  readonly level: number
  /** For reading; no verdict rests on it. */
  readonly p: number | null
  readonly pReason?: ChangeReason | ReasonCode
  readonly verdict: ChangeVerdict
  /** Before near-ties were tried the other way. */
  readonly asDecided: ChangeVerdict
}

/** How the rate of one outcome changed in one group. */
export type ChangeRecord = ChangeOf & {
  readonly kind: 'designs' | 'models'
  /** Images of the group decided in one of the two runs only. */
  readonly unpaired: number
  /** The only direction that the design allows, or null where both are open. */
  readonly oneWay: 'higher' | 'lower' | null
  /** Benjamini-Hochberg q of p within the family; null where p is. */
  readonly q: number | null
  /** Of the images flagged in the first run, the share that is not flagged in the second; null where none was. */
  readonly leftShare: number | null
}

export type SideChange = Pick<ChangeDifference, 'value' | 'interval'>

/** How much more the rate changed in a group than in everyone else. */
export type ChangeContrast = ChangeOf & {
  readonly kind: 'difference-in-differences'
  /** Everyone else (of a two-valued attribute: the other value). */
  readonly reference: Group | null
  readonly referencePaired: PairedImages
  readonly referenceRates: PairedRates
  /** The two changes whose difference this is, each with Tango's interval at level 1 - alpha. */
  readonly changes: readonly [ofGroup: SideChange, ofReference: SideChange]
}

/** Did the whole distribution over outcome categories change in a group? */
export type FlowTest = {
  readonly pair: string
  readonly groupBy: readonly string[]
  readonly group: Group
  readonly images: number
  /** Images whose outcome category is another in the second run. */
  readonly moved: number
  /** Images by outcome category in the first and the second run, also those that stay; zero counts are left out. */
  readonly outcomes: readonly (readonly [from: string, to: string, images: number])[]
  /** Images that got another label, most first, and how many had the label `from` in the first run. */
  readonly labels: readonly (readonly [from: string, to: string, images: number, of: number])[]
  readonly statistic: number | null
  readonly degreesOfFreedom: number | null
  readonly p: number | null
  readonly method: 'stuart-maxwell' | 'permutation' | null
  readonly reason?: 'no-discordant-pairs' | 'not-paired' | 'one-way' | 'repeated-subjects'
}

/** Cochran's Q: do three or more runs flag equally many images of a group? */
export type JointTest = {
  readonly joint: string
  readonly probe: string
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly group: Group
  readonly images: number
  /** Flagged images under each run, in order. */
  readonly flagged: readonly number[]
  readonly statistic: number | null
  readonly degreesOfFreedom: number | null
  readonly p: number | null
  readonly reason?: 'no-discordant-pairs' | 'no-images' | 'repeated-subjects' | 'one-way'
}

/** One finding under every model: does it hold for all of them? */
export type Agreement = {
  readonly probe: string
  readonly labelSet: string
  readonly outcome: string
  readonly groupBy: readonly string[]
  readonly group: Group
  /** Findings in the order of the evidence; null where a model has none of this pair of sides. */
  readonly findings: readonly (string | null)[]
  /** `all`: the same disparity for every model. `some`: for some of them, and the opposite for none. `opposite`: disparities in both directions.
   *  `none`: for no model. */
  readonly holds: 'all' | 'some' | 'opposite' | 'none'
  readonly direction: 'higher' | 'lower' | null
}
