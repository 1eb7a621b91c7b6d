import type { LabelledBy } from './dataset.js'
import type { Margin } from './definitions.js'
import type { DuplicateFacts } from './facts.js'
import type { Group } from './groups.js'

/** One group of a grouping and what its number of images can show. */
export type InspectedGroup = {
  readonly group: Group
  readonly images: number
  /** What verdicts count: images, or people where the dataset says which images show one person. */
  readonly units: number
  readonly standing: 'empty' | 'below-minimum' | 'comparable'
  /** Smallest rate of the group that would be found as higher, with 80 % power, when everyone else has the assumed rate; null where none would. */
  readonly detectable: number | null
}

export type InspectedGrouping = {
  readonly groupBy: readonly string[]
  /** Comparisons that are corrected together. */
  readonly comparisons: number
  /** Every combination of values that occur, the empty ones included; unknown values make no group. */
  readonly groups: readonly InspectedGroup[]
}

/** What can be said of a dataset before any model has seen it. */
export type Inspection = {
  readonly id: string
  readonly crop: string | null
  readonly licence: string | null
  readonly permittedUse: string | null
  readonly simulated: boolean
  readonly sources: readonly { readonly file: string; readonly sha256: string; readonly rows: number }[]
  readonly rows: {
    readonly in: number
    readonly processed: number
    readonly excluded: number
    readonly quarantined: number
  }
  readonly excluded: readonly (readonly [reason: string, images: number])[]
  readonly quarantined: readonly (readonly [code: string, images: number])[]
  /** Distinct people; null where the dataset does not say which images show one person. */
  readonly subjects: number | null
  readonly attributes: readonly {
    readonly name: string
    readonly labelledBy: LabelledBy
    /** Processed images whose value is unknown. */
    readonly unknown: number
    readonly values: readonly (readonly [value: string, images: number])[]
  }[]
  readonly groupings: readonly InspectedGrouping[]
  /** What the image files say; null where no folder of images was named. */
  readonly images: DuplicateFacts | null
  readonly imagesReason: 'no-images-named' | null
  readonly warnings: readonly (readonly [code: string, count: number, message: string])[]
  /** Wrong labels that are known of this dataset from elsewhere. */
  readonly knownNoise: readonly string[]
  /** By what limits the groups were judged. */
  readonly limits: {
    readonly policy: string
    readonly minimumImages: number
    readonly alpha: number
    readonly margin: Margin
    /** Rate of everyone else that `detectable` assumes. */
    readonly assumedRate: number
  }
}
