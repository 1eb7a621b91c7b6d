import type { DatasetFormat } from '../types/definitions.js'

/** What may lie at a path that a plan names. */
export type Lying = 'file' | 'folder'

/** What a format needs to be told. */
export type DatasetNeeds = {
  /** What `labels` may name. Empty: there is no label file, and the labels are where the images are. */
  readonly labels: readonly Lying[]
  /** What `images` may name. Empty: the label file holds the images. */
  readonly images: readonly Lying[]
  /** Whether the label file may be Parquet that holds the images as well: `always`, or where its name says that it is Parquet. `images` may then
   *  be left out, and is where the labels are. */
  readonly parquet?: 'always' | 'by-name'
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

const FRAMES: DatasetNeeds = {
  ...TABLE,
  labelsHint: 'a table of frames that you took from the videos, with img_path, subject_id, age and gender',
  imagesHint: 'the folder of the frames',
}

/** Of a dataset whose labels are the names of its images. */
function inNames(dataset: string, said: string): Pick<DatasetNeeds, 'labels' | 'images' | 'labelsHint'> {
  return { labels: [], images: FOLDER, labelsHint: `the names of the images of ${dataset} hold ${said}` }
}

/** `planDataset` asks for no more than this, and words its messages by it. */
const NEEDS: Readonly<Record<DatasetFormat, DatasetNeeds>> = {
  fairface: { ...TABLE, id: 'fairface', parquet: 'by-name' },
  csv: TABLE,
  jsonl: TABLE,
  parquet: {
    ...TABLE,
    parquet: 'always',
    labelsHint: 'a .parquet file, or a folder of the files of a dataset, which may hold the images as well',
  },
  imagefolder: {
    labels: [],
    images: FOLDER,
    id: null,
    labelsHint:
      'they are in metadata.csv, metadata.jsonl or metadata.parquet beside the images, or are the names of their folders',
    imagesHint: 'the folder with the images',
  },
  webdataset: {
    labels: [],
    images: ['file', 'folder'],
    id: null,
    labelsHint: 'they are in the tar files',
    imagesHint: 'a .tar file, or the folder of the tar files',
  },
  utkface: {
    ...inNames('UTKFace', 'age, gender and race'),
    imagesHint: 'the folder of the images as they were downloaded, such as UTKFace',
    id: 'utkface',
  },
  cfd: {
    ...inNames('the Chicago Face Database', 'race, gender and expression'),
    imagesHint: 'the folder of the images as they were downloaded, such as CFD/Images',
    id: 'cfd',
  },
  celeba: {
    ...TABLE,
    id: 'celeba',
    labelsHint: 'list_attr_celeba.txt',
    imagesHint: 'the folder of the aligned images, img_align_celeba',
  },
  'casual-conversations': { ...FRAMES, id: 'casual-conversations' },
  'casual-conversations-2': { ...FRAMES, id: 'casual-conversations-2' },
  facet: {
    ...TABLE,
    id: 'facet',
    labelsHint: 'annotations.csv of FACET',
    imagesHint: 'the folder with the images of all its parts',
  },
  miap: {
    ...TABLE,
    id: 'miap',
    labelsHint: 'for example open_images_extended_miap_boxes_val.csv',
    imagesHint: 'the folder of the images of that split, called by their ImageID',
  },
  lfw: {
    ...TABLE,
    id: 'lfw',
    labelsHint: 'lfw_attributes.txt',
    imagesHint: 'the folder lfw, with one folder a person',
  },
}

/** What a format needs to be told; of a format that nobody named, what most need. */
export function needsOf(format: DatasetFormat | undefined): DatasetNeeds {
  return format === undefined ? TABLE : NEEDS[format]
}
