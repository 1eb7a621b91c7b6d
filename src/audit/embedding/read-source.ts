import type { ImageSource } from '../dataset/image-source.js'
import { openCells } from '../dataset/parquet-cells.js'
import type { ReadCell } from '../dataset/parquet-cells.js'
import { DatasetError } from '../errors.js'
import { imageFault } from '../model/image-fault.js'
import type { ImageFault } from '../model/image-fault.js'
import { DEFAULT_IMAGE_LIMITS } from '../model/image-limits.js'
import type { Model } from '../model/open-model.js'
import type { ImageBytes } from '../model/read-image-bytes.js'
import { isSameState } from '../model/same-state.js'

/** Reads the content of one image, wherever it lies. */
export type ReadSource = (source: ImageSource) => Promise<ImageBytes | ImageFault>

/** A reader of image files and of what lies inside containers. It remembers the container it read last, so rows are best asked for in order. A
 *  container that is no longer what it was when its index was read is a fault of each of its images: another image may lie there now. */
export function openSources({ readBytes }: Pick<Model, 'readBytes'>, readCell: ReadCell = openCells()): ReadSource {
  return async ({ path, member, indexed }) => {
    if (member === null) return readBytes(path)
    const read =
      member.kind === 'bytes'
        ? await readBytes(path, { offset: member.offset, bytes: member.bytes })
        : await readCellOf(path, member, readCell)
    if (read.kind === 'fault' || indexed === null || isSameState(indexed, read.state)) return read
    return imageFault('file.changed', 'its container was changed while the run was under way')
  }
}

type Cell = Parameters<ReadCell>[1]

async function readCellOf(path: string, cell: Cell, readCell: ReadCell): Promise<ImageBytes | ImageFault> {
  try {
    const { bytes, before, after } = await readCell(path, cell)
    if (!isSameState(before, after)) return imageFault('file.changed', 'its container was changed while it was read')
    if (bytes === null) return imageFault('image.missing', 'the cell holds no image')
    if (bytes.length === 0) return imageFault('image.empty', 'the cell has no bytes')
    const most = DEFAULT_IMAGE_LIMITS.maximumBytes
    if (bytes.length > most)
      return imageFault('file.too-large', `the image has ${bytes.length} bytes; at most ${most} are read`)
    return { kind: 'bytes', bytes, state: before }
  } catch (error) {
    if (error instanceof DatasetError) return imageFault('file.unreadable', 'its container cannot be read')
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return imageFault('file.missing', 'its container is no longer there')
    throw error
  }
}
