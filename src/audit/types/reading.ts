import type { Box, LabelledBy } from './dataset.js'

/** Numbers put into bands. Band i holds what is at least `edges[i]` and below the next edge; the last band is open. One name per edge. */
export type Bins = { readonly edges: readonly number[]; readonly names: readonly string[] }

/** What a plan says of one attribute, over what its format knows. Absent parts: as the format has them. */
export type AttributeReading = {
  readonly name: string
  /** The values there may be, in this order. */
  readonly values?: readonly string[]
  /** Other spellings in the file, and what each means. */
  readonly aliases?: readonly (readonly [from: string, to: string])[]
  readonly labelledBy?: LabelledBy
  readonly bins?: Bins
}

/** How the rows of a label file are read, as far as a plan says. */
export type Reading = {
  readonly attributes?: readonly AttributeReading[]
  /** Columns of left, top, width and height. */
  readonly box?: { readonly columns: readonly string[]; readonly unit: Box['unit'] }
  /** Added on each side of every box, as a share of its longer side. */
  readonly boxPadding?: number
  /** Between the fields of a CSV file. */
  readonly delimiter?: string
  /** Of a text file: one of the names in `plan-words.ts`. */
  readonly encoding?: string
  /** Scores of a classifier this near to zero, or nearer, say nothing. */
  readonly deadZone?: number
  /** What becomes of the judgements of several annotators of skin tone. */
  readonly skinTone?: 'majority' | 'band'
  /** What the dataset may be used for, in the words of whoever runs the audit. */
  readonly permittedUse?: string
}
