import type { ImageSource } from '../dataset/image-source.js'
import { openCells } from '../dataset/parquet-cells.js'
import type { ReadCell } from '../dataset/parquet-cells.js'
import { imageFault } from '../model/image-fault.js'
import type { ImageFault } from '../model/image-fault.js'
import type { Model } from '../model/open-model.js'
import type { ImageBytes } from '../model/read-image-bytes.js'

/** Reads the content of one image, wherever it lies. */
export type ReadSource = (source: ImageSource) => Promise<ImageBytes | ImageFault>

/** A reader of image files and of what lies inside containers. It remembers the container it read last, so rows are best asked for in order. */
export function openSources({ readBytes }: Pick<Model, 'readBytes'>, readCell: ReadCell = openCells()): ReadSource {
  return async ({ path, member }) => {
    if (member === null) return readBytes(path)
    if (member.kind === 'bytes') return readBytes(path, { offset: member.offset, bytes: member.bytes })
    const cell = await readCell(path, member)
    if (cell.bytes === null) return imageFault('image.missing', 'the cell holds no image')
    return { kind: 'bytes', bytes: cell.bytes, state: cell.state }
  }
}
