import { DatasetError, quoted } from '../errors.js'
import type { HubFile, Repository } from '../types/pull.js'
import { pageUrl } from './hub.js'
import { matchesPath } from './match-path.js'

export type DatasetChoice = {
  /** Name of a configuration, or null for every one. */
  readonly config: string | null
  /** Name of a split, or null for every one. */
  readonly split: string | null
  /** Patterns of paths instead of the Parquet files; empty for those. */
  readonly include: readonly string[]
}

const TERMS = /^(README\.md|(LICEN[CS]E|COPYING|NOTICE)[\w.-]*)$/i

/**
 * The files of a dataset that were asked for: its Parquet files, of one configuration and split where named, or what fits a pattern; and the texts
 * with its terms. Parts are told by the dataset's card, else by the paths (`<config>/<split>-00000-of-00002.parquet`, `<config>/<split>/0000.parquet`).
 * Throws DatasetError (`hub.no-files`) when nothing is left.
 */
export function chooseDatasetFiles(repository: Repository, choice: DatasetChoice): HubFile[] {
  const { config, split, include } = choice
  const candidates = repository.files.filter(({ path }) =>
    include.length === 0 ? path.endsWith('.parquet') : include.some((pattern) => matchesPath(path, pattern)),
  )
  const chosen = candidates.filter(({ path }) => isOfPart(repository, path, config, split))
  if (chosen.length === 0) throw noFiles(repository, choice, candidates)
  const terms = repository.files.filter((file) => TERMS.test(file.path) && !chosen.includes(file))
  return [...terms, ...chosen]
}

function isOfPart({ parts }: Repository, path: string, config: string | null, split: string | null): boolean {
  if (config === null && split === null) return true
  const listed = parts.filter(({ pattern }) => matchesPath(path, pattern))
  if (listed.length > 0) {
    return listed.some(
      (part) => (config === null || part.config === config) && (split === null || part.split === split),
    )
  }
  const folders = path.split('/')
  const name = folders.pop() ?? ''
  const isOfSplit = split === null || folders.includes(split) || new RegExp(`^${literal(split)}[-_.]`).test(name)
  return isOfSplit && (config === null || folders.includes(config))
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function noFiles(
  repository: Repository,
  { config, split, include }: DatasetChoice,
  candidates: readonly HubFile[],
): Error {
  const asked = [
    include.length > 0 ? `files like ${include.map(quoted).join(', ')}` : 'Parquet files',
    ...(config === null ? [] : [`of the configuration ${quoted(config)}`]),
    ...(split === null ? [] : [`of the split ${quoted(split)}`]),
  ].join(' ')
  return new DatasetError('hub.no-files', {
    at: pageUrl({ kind: repository.kind, endpoint: new URL(repository.endpoint) }, repository.id),
    expected: asked,
    received: `none among its ${repository.files.length} files`,
    hint: cure(repository, candidates, include.length > 0),
  })
}

const MOST_NAMED = 5

function cure({ id, parts, files }: Repository, candidates: readonly HubFile[], isIncluded: boolean): string {
  if (candidates.length > 0) {
    const named = [...new Set(parts.map((part) => `${part.config} / ${part.split}`))]
    const seen = named.length > 0 ? named : candidates.map(({ path }) => path)
    return `It has ${seen.slice(0, MOST_NAMED).map(quoted).join(', ')}${seen.length > MOST_NAMED ? ', ...' : ''}.`
  }
  if (isIncluded) return `It has ${files.slice(0, MOST_NAMED).map(({ path }) => quoted(path)).join(', ')}, ...` // prettier-ignore
  return `Try the copy that the hub converts: ${id}@refs/convert/parquet, or name other files with --include.`
}
