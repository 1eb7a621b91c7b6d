/** What a hub keeps, and a pull can fetch. */
export type RepositoryKind = 'model' | 'dataset'

/** A file as a hub lists it. Large files are known by the SHA-256 of their content, small ones by git's SHA-1 of it. */
export type HubFile = {
  /** Path inside the repository, with `/`. Not yet known to be harmless. */
  readonly path: string
  readonly bytes: number
  readonly checksum: { readonly kind: 'sha256' | 'git-sha1'; readonly hex: string }
}

/** A repository at one commit. */
export type Repository = {
  readonly kind: RepositoryKind
  readonly endpoint: string
  /** `org/name`, as the hub calls it now. */
  readonly id: string
  /** What was asked for: a branch, a tag or a commit. */
  readonly asked: string
  /** The commit that this was. */
  readonly revision: string
  /** As the card of the repository states it; null when it states none. */
  readonly licence: string | null
  /** Terms have to be accepted on the hub before files are given out. */
  readonly isGated: boolean
  readonly files: readonly HubFile[]
  /** Which files belong to which part of a dataset, where its card says so. */
  readonly parts: readonly DatasetPart[]
}

/** One line of a dataset card: a configuration, a split, and a pattern of paths. */
export type DatasetPart = { readonly config: string; readonly split: string; readonly pattern: string }

/** A file of a pulled folder: path inside it (with `/`), SHA-256 and size. */
export type PulledFile = readonly [path: string, sha256: string, bytes: number]

/** `probity-pull.json`: where the files of a folder came from, and what they were. */
export type PullRecord = {
  readonly schema: 'probity/pull@1'
  readonly kind: RepositoryKind
  readonly endpoint: string
  readonly id: string
  readonly asked: string
  readonly revision: string
  readonly licence: string | null
  readonly licenceReason: 'not-stated' | null
  readonly gated: boolean
  readonly pulledUtc: string
  readonly files: readonly PulledFile[]
}

/** What a pull would do, known before the first file is fetched. */
export type PullPlan = {
  readonly repository: Repository
  /** Where the files will lie. */
  readonly folder: string
  /** Every file that belongs into the folder. */
  readonly files: readonly HubFile[]
  /** Those of them that are in the folder, whole and checked. */
  readonly here: readonly PulledFile[]
  /** Those that are in the folder with another content, and are replaced. */
  readonly changed: readonly string[]
  /** The record of an earlier pull into this folder, or null. */
  readonly earlier: PullRecord | null
}

export type PullProgress = {
  readonly file: string
  /** Bytes that are on the disk, and how many of these were there when the pull began. */
  readonly done: number
  readonly found: number
  readonly total: number
}

export type PullOutcome = {
  readonly folder: string
  readonly record: PullRecord
  /** Files that this pull fetched; 0 when everything was there. */
  readonly fetched: number
}
