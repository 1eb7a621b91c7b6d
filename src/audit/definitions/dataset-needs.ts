import type { DatasetFormat } from '../types/definitions.js'

/** What may lie at a path that a plan names. */
export type Lying = 'file' | 'folder'

/** What a format needs to be told. */
export type DatasetNeeds = {
  /** What `labels` may name. Empty: there is no label file, and the labels are where the images are. */
  readonly labels: readonly Lying[]
  /** What `images` may name. Empty: the label file holds the images. */
  readonly images: readonly Lying[]
  /** Name in reports unless the plan gives one; null: that of the label file, or of the images where there is none. */
  readonly id: string | null
  /** What to name where labels are missing; for a format without a label file, where its labels are. Goes after `Name it with --labels,`. */
  readonly labelsHint: string
  /** What to name where images are missing. Goes after `Name it with --images:`. */
  readonly imagesHint: string
}

const FOLDER: readonly Lying[] = ['folder']
const FILE: readonly Lying[] = ['file']

const TABLE: DatasetNeeds = {
  labels: FILE,
  images: FOLDER,
  id: null,
  labelsHint: 'for FairFace for example fairface_label_val.csv',
  imagesHint: 'the folder that the image column of the label file is relative to',
}

/** `planDataset` asks for no more than this, and words its messages by it. */
const NEEDS: Readonly<Record<DatasetFormat, DatasetNeeds>> = {
  fairface: { ...TABLE, id: 'fairface' },
  csv: TABLE,
  jsonl: TABLE,
}

/** What a format needs to be told; of a format that nobody named, what most need. */
export function needsOf(format: DatasetFormat | undefined): DatasetNeeds {
  return format === undefined ? TABLE : NEEDS[format]
}
