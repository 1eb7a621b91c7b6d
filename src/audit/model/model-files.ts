import { open, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { notJson } from '../definitions/not-json.js'
import { ModelError, quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { scanOnnxFile } from './scan-onnx-file.js'

const LFS_POINTER = 'version https://git-lfs'
const HEAD_BYTES = 64
const LARGEST_JSON = 200_000_000 // tokenizer.json of multilingual models reaches 40 MB

/** What is wrong with one file before its content is looked at, or null: not there, empty, or not downloaded. */
export async function checkFile(
  folder: string,
  file: string,
  hint: string,
): Promise<{ code: string; fault: Fault } | null> {
  const at = join(folder, file)
  const size = await stat(at).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  )
  const refusal = (code: string, expected: string, received: string, cure: string) => ({
    code,
    fault: { at, expected, received, hint: cure },
  })
  if (size === null) return refusal('model.file-missing', 'a file', 'nothing', hint)
  if (size === 0) return refusal('model.file-empty', 'a file with content', 'zero bytes', 'Download the file again.')
  if ((await readHead(at)).startsWith(LFS_POINTER)) {
    const cure = 'Run "git lfs pull" in the model folder, or download the file itself.'
    return refusal('model.not-downloaded', 'the file itself', 'a git-lfs pointer: the file was not downloaded', cure)
  }
  return null
}

async function readHead(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await file.close()
  }
}

/** A JSON file that must hold an object. Throws ModelError (`model.not-json`). */
export async function readJsonObject(folder: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  const at = join(folder, file)
  const refusal = (received: string, cause?: unknown) =>
    new ModelError(
      'model.not-json',
      { at, expected: 'JSON with an object', received, hint: 'Download the file again.' },
      { cause },
    )
  if ((await stat(at)).size > LARGEST_JSON) throw refusal(`more than ${LARGEST_JSON} bytes`)
  const text = (await readFile(at, 'utf8')).replace(/^\ufeff/, '')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refusal(notJson(text, error), error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refusal(quoted(value))
  return Object.fromEntries(Object.entries(value))
}

/**
 * External data files of an ONNX file, as paths inside the model folder. Each must be there and lie, links followed,
 * inside the folder: a model may not read other files. Throws ModelError (`model.external-data`, `model.onnx-unreadable`).
 */
export async function externalDataFiles(folder: string, onnxFile: string): Promise<string[]> {
  const at = join(folder, onnxFile)
  const scan = scanOnnxFile(at)
  if (scan.kind === 'malformed') {
    const received = 'a file that is cut or is something else'
    throw new ModelError(
      'model.onnx-unreadable',
      { at, expected: 'an ONNX model', received, hint: 'Download or export the file again.' },
      { cause: new Error(scan.reason) },
    )
  }
  const root = await realpath(folder)
  const found: string[] = []
  for (const location of scan.externalData) found.push(await externalDataFile(root, at, location))
  return found
}

async function externalDataFile(root: string, at: string, location: string): Promise<string> {
  const refusal = (expected: string, received: string, hint: string) =>
    new ModelError('model.external-data', { at, field: 'external data', expected, received, hint })
  const inside = 'a file inside the model folder'
  const distrust = 'Do not run this model unless you know why it reads other files.'
  if (isAbsolute(location) || location.includes('\0') || location.split(/[/\\]/).includes('..')) {
    throw refusal(inside, quoted(location), distrust)
  }
  const path = resolve(dirname(at), location)
  const real = await realpath(path).catch(() => null)
  if (real === null)
    throw refusal('a file beside the model', `${quoted(location)}, which is not there`, 'Download the file as well.')
  if (!real.startsWith(root + sep)) throw refusal(inside, `${quoted(location)}, a link to somewhere else`, distrust)
  const folder = await realpath(dirname(at))
  return relative(root, join(folder, location)).split(sep).join('/')
}
