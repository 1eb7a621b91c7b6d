import type { Box, Dataset, ImageMember } from '../types/dataset.js'
import type { FileState } from '../types/files.js'

/** Where to read one image. `key` tells it from every other one of its file; `name` is what the file or the member is called. */
export type ImageSource = {
  readonly path: string
  readonly key: string
  readonly name: string
  readonly member: ImageMember | null
  readonly box: Box | null
  /** State of the container when its index was read; null for a file of its own, or where nobody looked. */
  readonly indexed: FileState | null
}

/** Where a row's image is read; its path is '' where nothing was looked for. */
export function sourceOf(
  { paths, parts, containers }: Pick<Dataset, 'paths' | 'parts' | 'containers'>,
  row: number,
): ImageSource {
  const path = paths?.[row] ?? ''
  const { member = null, box = null } = parts?.[row] ?? {}
  if (member === null) return { path, key: path, name: path, member, box, indexed: null }
  return { path, key: keyOf(path, member), name: member.name, member, box, indexed: containers?.get(path) ?? null }
}

/** By place, not by name: two members of a container may be called the same. */
function keyOf(path: string, member: ImageMember): string {
  return member.kind === 'bytes' ? `${path}#${member.offset}+${member.bytes}` : `${path}#${member.column}#${member.row}`
}
