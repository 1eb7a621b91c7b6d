import type { Box, Dataset, ImageMember } from '../types/dataset.js'

/** Where to read one image. `key` tells it from every other one of its file; `name` is what the file or the member is called. */
export type ImageSource = {
  readonly path: string
  readonly key: string
  readonly name: string
  readonly member: ImageMember | null
  readonly box: Box | null
}

/** Where a row's image is read; its path is '' where nothing was looked for. */
export function sourceOf({ paths, parts }: Pick<Dataset, 'paths' | 'parts'>, row: number): ImageSource {
  const path = paths?.[row] ?? ''
  const { member = null, box = null } = parts?.[row] ?? {}
  if (member === null) return { path, key: path, name: path, member, box }
  return { path, key: `${path}#${member.name}`, name: member.name, member, box }
}
