import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXPORT_LINE } from '../../src/audit/embedding/describe-export.js'
import { EXPORT_HEADER } from '../../src/audit/embedding/write-vectors.js'
import { prepareExport } from '../../src/audit/prepare-export.js'
import { testFolder } from './dataset/helpers.js'
import { writeNpy } from './embedding/import/vector-files.js'

const folder = testFolder()

/** A file in a folder of its own, made where `content` is given. */
function place(name: string, content?: string): string {
  const path = join(folder, `${name.replaceAll('.', '-')}-${content?.length ?? 0}`, name)
  mkdirSync(join(path, '..'), { recursive: true })
  if (content !== undefined) writeFileSync(path, content)
  return path
}

describe('where vectors are exported to', () => {
  it('is made when its folder is missing, and may hold what was exported before', async () => {
    const path = join(folder, 'new/deep/vectors.npy')
    await prepareExport(path)
    writeNpy(join(path, '..'), 'vectors.npy', [[1, 0]])
    writeFileSync(join(path, '../vectors.csv'), `${EXPORT_HEADER}\n0,a.png,\n`)
    writeFileSync(join(path, '../vectors.yaml'), `${EXPORT_LINE}\nmodel: drawn\n`)
    await expect(prepareExport(path)).resolves.toBeUndefined()
  })

  it('may be a safetensors file that was exported before, and no other', async () => {
    const header = (first: string) => `\x50${'\0'.repeat(7)}{"${first}":{"dtype":"F32"}}`
    await expect(prepareExport(place('mine.safetensors', header('embeddings')))).resolves.toBeUndefined()
    await expect(prepareExport(place('model.safetensors', header('weight')))).rejects.toThrow(
      /model\.safetensors: --export: expected vectors exported earlier, or a new file but received a file with other content\. It would be overwritten; choose another name$/,
    )
  })

  it.each([
    ['vectors.npy', 'labels of mine', 'a NumPy array, or a new file'],
    ['vectors.npy', '', 'a NumPy array, or a new file'],
    ['vectors.csv', 'file,race\n', 'an earlier table of rows, or a new file'],
    ['vectors.yaml', 'probe: denigration\n', 'an earlier description, or a new file'],
  ])('is never over a %s that holds %j', async (name, content, expected) => {
    const path = place(name, content)
    await expect(prepareExport(path.replace(/\.\w+$/, '.npy'))).rejects.toThrow(
      `${path}: --export: expected ${expected} but received a file with other content`,
    )
  })

  it('is never over a folder', async () => {
    const path = place('folder.npy')
    mkdirSync(path)
    await expect(prepareExport(path)).rejects.toThrow(
      'expected a NumPy array, or a new file but received something else',
    )
  })
})
