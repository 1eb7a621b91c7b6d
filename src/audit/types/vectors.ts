/** How numbers are kept in a file of vectors; all of them are read as float32. */
export const NUMBER_KINDS = ['float16', 'bfloat16', 'float32', 'float64'] as const
export type NumberKind = (typeof NUMBER_KINDS)[number]

/** What an `embeddings.yaml` says of image vectors that were made elsewhere, checked; all paths are absolute. What it leaves out is null,
 *  and reports say that it was not stated. */
export type VectorsPlan = {
  /** The file itself. */
  readonly file: string
  /** The model that made the vectors, as its owner calls it. */
  readonly model: string
  readonly modelSha256: string | null
  /** How images were prepared, in words. */
  readonly preprocessing: string | null
  /** Whether every vector has length 1. */
  readonly normalised: boolean | null
  readonly dtype: NumberKind | null
  readonly dim: number | null
  /** A file of vectors, or a folder in the layout of clip-retrieval. */
  readonly vectors: string
  /** Which tensor of a safetensors file; null: `embeddings`, or the only one of two dimensions. */
  readonly tensor: string | null
  /** Which columns of a Parquet file hold vectors and ids; null: the only ones that can. */
  readonly column: string | null
  readonly idColumn: string | null
  /** A file of ids, one per vector; ids that stand beside the vectors in one file; or position, where the user wrote that it is meant. */
  readonly ids:
    { readonly kind: 'file'; readonly path: string } | { readonly kind: 'inside' } | { readonly kind: 'order' }
  /** Where class vectors come from: the text encoder of a model folder, or a file of vectors with their prompts. */
  readonly texts:
    | { readonly kind: 'model'; readonly folder: string }
    | { readonly kind: 'vectors'; readonly vectors: string; readonly prompts: string }
  readonly logitScale: number | null
  readonly logitBias: number | null
  readonly activation: 'softmax' | 'sigmoid' | null
  /** The model was constructed, or the images are made up: reports say so. */
  readonly simulated: boolean
}

/** Where image vectors that were made elsewhere come from, as an audit states it: what was said of them, and what was found. */
export type VectorsSource = {
  /** The model, as the owner of the vectors calls it. */
  readonly model: string
  readonly modelSha256: string | null
  readonly modelSha256Reason: 'not-stated' | null
  readonly preprocessing: string | null
  readonly preprocessingReason: 'not-stated' | null
  /** Over the names and hashes of the files. */
  readonly sha256: string
  readonly files: readonly (readonly [file: string, sha256: string, bytes: number])[]
  /** Vectors in the files, whatever became of them. */
  readonly rows: number
  readonly dim: number
  readonly dtype: NumberKind
  readonly normalised: {
    readonly stated: boolean | null
    /** Lengths of the vectors that were used; null where there were none. */
    readonly shortest: number | null
    readonly longest: number | null
  }
  /** How vectors found their images: by id, or by position because the user said so. */
  readonly joinedBy: 'id' | 'order'
  readonly texts:
    | { readonly kind: 'model'; readonly model: string; readonly sha256: string }
    | { readonly kind: 'vectors'; readonly prompts: number }
  readonly logitScale: number | null
  readonly logitScaleReason: string | null
  readonly activation?: 'sigmoid'
  readonly logitBias?: number | null
  readonly logitBiasReason?: string | null
}
