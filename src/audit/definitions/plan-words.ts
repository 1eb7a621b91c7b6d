/** Layouts of a labelled dataset that can be read. */
export const DATASET_FORMATS = [
  'fairface',
  'utkface',
  'celeba',
  'casual-conversations',
  'casual-conversations-2',
  'facet',
  'miap',
  'cfd',
  'lfw',
  'csv',
  'jsonl',
  'parquet',
  'imagefolder',
  'webdataset',
] as const
/** Encodings of label files beside UTF-8, and UTF-16 with its mark. TextDecoder knows them all, cp949 as euc-kr. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'cp949', 'euc-kr', 'latin1', 'windows-1252', 'shift_jis', 'gb18030', 'big5'] as const // prettier-ignore
/** Who may have said of which group a person is. */
export const LABELLED_BY = ['self', 'annotator', 'machine', 'folder-name', 'unknown'] as const
/** What to do with a value outside an attribute's list. */
export const UNKNOWN_VALUES = ['refuse', 'keep'] as const
/** How images are resized: Pillow's pixels to the last bit, or sharp's. */
export const RESIZE_MODES = ['exact', 'fast'] as const
/** As what decisions can be kept. */
export const DECISIONS_FORMATS = ['csv', 'jsonl', 'parquet'] as const
/** References that are one word. */
export const REFERENCE_WORDS = ['rest', 'overall', 'best'] as const
/** Verdicts that a gate can fail on. */
export const FAIL_ON = ['disparity'] as const
/** What must be said to be known before some probes may run. */
export const ACKNOWLEDGEMENTS = ['identity'] as const
/** The largest logit scale that is taken; CLIP's training stops at 100, SigLIP's ends near 120. */
export const LARGEST_LOGIT_SCALE = 10_000
/** The largest logit bias, either way; SigLIP's end between -17 and -12. */
export const LARGEST_LOGIT_BIAS = 10_000
/** The largest seed: the generator takes 64 bits, but 32 are enough to choose from and exact in every reader of JSON. */
export const LARGEST_SEED = 4_294_967_295
