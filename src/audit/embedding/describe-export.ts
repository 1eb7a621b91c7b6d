import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { PreprocessingFacts } from '../types/facts.js'

/** The model that exported vectors come from. */
export type ExportedFrom = {
  readonly folder: string
  readonly name: string
  readonly sha256: string
  readonly preprocessing: PreprocessingFacts
  readonly isSimulated: boolean
}

/** The first line of what describes an export; nothing else is written over. */
export const EXPORT_LINE = '# Written by probity embed --export. How to write one yourself: docs/embeddings.md'

/** What says where exported vectors come from: YAML, with every text quoted as in JSON. Paths are relative to it. */
export function describeExport(
  { folder, name, sha256, preprocessing, isSimulated }: ExportedFrom,
  {
    description,
    vectors,
    table,
    dim,
  }: Readonly<Record<'description' | 'vectors' | 'table', string>> & { readonly dim: number },
): string {
  const textModel = relative(dirname(description), resolve(folder)).split(sep).join('/')
  const { size, crop, resample, resize, mean, std } = preprocessing
  const prepared = `probity: resize to ${size} (${resample}, ${resize}), crop ${crop}, mean ${mean.join(' ')}, standard deviation ${std.join(' ')}`
  const lines: readonly (readonly [string, string])[] = [
    ['model', JSON.stringify(name)],
    ['modelSha256', sha256],
    ['preprocessing', JSON.stringify(prepared)],
    ['normalised', 'true'],
    ['dtype', 'float32'],
    ['dim', String(dim)],
    ['vectors', JSON.stringify(basename(vectors))],
    ['ids', JSON.stringify(basename(table))],
    ['textModel', JSON.stringify(textModel || '.')],
    ...(isSimulated ? [['simulated', 'true'] as const] : []),
  ]
  return [EXPORT_LINE, ...lines.map(([key, value]) => `${key}: ${value}`), ''].join('\n')
}
