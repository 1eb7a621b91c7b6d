import { open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { EXPORT_LINE } from './embedding/describe-export.js'
import { exportDescription, exportTable, EXPORT_HEADER } from './embedding/write-vectors.js'
import { DefinitionError } from './errors.js'
import { prepareFolder } from './prepare-folder.js'

const FIELD = '--export'
const NPY_MAGIC = '\x93NUMPY'
const TENSOR = /^.{8}\{"embeddings":/s

/** Makes the folder that vectors are exported to, and refuses to write over anything but an earlier export: the files beside the vectors
 *  take the same name with .csv and .yaml, and a label file may have it. Before any image is read. Throws DefinitionError. */
export async function prepareExport(path: string): Promise<void> {
  await prepareFolder(dirname(path), FIELD)
  const isArray = path.endsWith('.npy')
  await (isArray
    ? refuseOther(path, NPY_MAGIC, 'a NumPy array, or a new file')
    : refuseOther(path, TENSOR, 'vectors exported earlier, or a new file'))
  await refuseOther(exportTable(path), EXPORT_HEADER, 'an earlier table of rows, or a new file')
  await refuseOther(exportDescription(path), EXPORT_LINE, 'an earlier description, or a new file')
}

async function refuseOther(path: string, start: string | RegExp, expected: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found === null || (found.isFile() && (await beginsWith(path, start)))) return
  const received = found.isFile() ? 'a file with other content' : 'something else'
  const hint = 'It would be overwritten; choose another name'
  throw new DefinitionError('embed.export', { at: path, field: FIELD, expected, received, hint })
}

async function beginsWith(path: string, start: string | RegExp): Promise<boolean> {
  return typeof start === 'string'
    ? (await startOf(path, start.length)) === start
    : start.test(await startOf(path, LONGEST_START))
}

const LONGEST_START = 64

async function startOf(path: string, length: number): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
