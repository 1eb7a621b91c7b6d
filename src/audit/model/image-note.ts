import type { ImageFlag } from './decode-image.js'
import type { ImageFormat } from './sniff-format.js'

/** What a reader should know of an image that could be read. */
export type ImageNote = ImageFlag | 'name-differs-from-content'

/** What is special about the content, and whether the name of the file says another format than it has. */
export function imageNotes(path: string, format: ImageFormat, flags: readonly ImageFlag[]): readonly ImageNote[] {
  const isMisnamed = IMAGE_EXTENSION.test(path) && !EXTENSION[format].test(path)
  return isMisnamed ? [...flags, 'name-differs-from-content'] : flags
}

const EXTENSION = { jpeg: /\.(jpe?g|jfif)$/i, png: /\.(png|apng)$/i, webp: /\.webp$/i } as const
const IMAGE_EXTENSION = /\.(jpe?g|jfif|a?png|webp|gif|tiff?|bmp|heic|avif)$/i
