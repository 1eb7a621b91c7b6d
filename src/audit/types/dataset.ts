import type { FileState } from './files.js'

/** Who said that an image shows a person of this group. */
export type LabelledBy = 'self' | 'annotator' | 'machine' | 'folder-name' | 'simulated' | 'unknown'

/** One attribute over all rows, dictionary-encoded: `values[codes[row]]`. `unknown` is a value like any other and comes last. */
export type AttributeColumn = {
  readonly name: string
  readonly values: readonly string[]
  readonly codes: Uint16Array
  readonly labelledBy: LabelledBy
  /** Other spellings that were taken as a value. Absent: none was met. */
  readonly aliases?: readonly (readonly [from: string, to: string, rows: number])[]
  /** Where each band of numbers begins. Absent: the cells are no numbers. */
  readonly bins?: readonly number[]
  /** How its values came about, where that is not told by who labelled it. */
  readonly note?: string
}

/** Why a row could not be used. `code` is from the closed list of `docs/bad-inputs.md`, for example `image.truncated`. */
export type Quarantine = { readonly code: string; readonly reason: string }

export type SourceFile = { readonly file: string; readonly sha256: string; readonly rows: number }

/** Said once with a count, never once per row. */
export type Warning = { readonly code: string; readonly count: number; readonly message: string }

/** A part of an image in stored pixels, or as shares of its width and height (0 to 1). `padding` is added on each of the four sides, as a share of the
 *  longer one, as far as the image reaches. */
export type Box = {
  readonly unit: 'pixel' | 'share'
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly padding: number
}

/** Where the content of an image lies inside a container, and what it is called there: some bytes of the file, or a cell of a Parquet file. */
export type ImageMember =
  | { readonly kind: 'bytes'; readonly name: string; readonly offset: number; readonly bytes: number }
  | { readonly kind: 'cell'; readonly name: string; readonly column: string; readonly row: number }

/** What of its file an image is. */
export type ImagePart = {
  /** null: the whole file. */
  readonly member: ImageMember | null
  /** What is cut out of the picture before anything else; null: nothing. */
  readonly box: Box | null
}

/** A labelled image collection as columns. Every row of the label file is here, whatever becomes of it:
 *  rows in = processed + quarantined + excluded. */
export type Dataset = {
  readonly id: string
  readonly crop: string | null
  readonly licence: string | null
  /** What it may be used for. Absent: not stated. */
  readonly permittedUse?: string
  readonly simulated: boolean
  readonly sources: readonly SourceFile[]
  /** Image names as the label file writes them, one per row. */
  readonly images: readonly string[]
  /** Every row names an image, and no two rows the same one in any spelling. Absent: some may. */
  readonly distinctNames?: true
  /** Absolute paths, one per row; null when images are not looked for. Empty string where the row is quarantined or excluded. */
  readonly paths: readonly string[] | null
  /** Per row, what of its file it is. Absent: every image is a whole file. */
  readonly parts?: readonly (ImagePart | null)[]
  /** By absolute path: the state of each container when its index was read. Absent: no image lies in one. */
  readonly containers?: ReadonlyMap<string, FileState>
  readonly subjects: readonly string[] | null
  readonly attributes: readonly AttributeColumn[]
  /** Row to reason. */
  readonly excluded: ReadonlyMap<number, string>
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
}
