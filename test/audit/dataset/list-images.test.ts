import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listImages } from '../../../src/audit/dataset/list-images.js'
import { temporaryFolder } from '../../e2e/run-cli.js'

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder()
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), '')
  }
  return folder
}
const namesIn = async (folder: string) => (await listImages(folder, '--reference-images')).names

describe('the images of a folder', () => {
  it('are every image file in it and below, in the order of the names, with the path of each', async () => {
    const folder = folderOf('b.PNG', 'a.jpg', 'deep/deeper/c.webp', 'notes.txt', '.hidden.jpg', '.git/d.jpg')
    const { names, paths } = await listImages(folder, '--reference-images')
    expect(names).toEqual(['a.jpg', 'b.PNG', 'deep/deeper/c.webp'])
    expect(paths).toEqual(names.map((name) => join(folder, name)))
  })

  it('are each counted once though links lead to their folders, or round in a ring', async () => {
    const folder = folderOf('in/a.jpg')
    symlinkSync(join(folder, 'in'), join(folder, 'again'))
    symlinkSync(folder, join(folder, 'in/ring'))
    expect(await namesIn(folder)).toEqual(['in/a.jpg'])
  })

  it('are also those that a link in the folder names, but none that lie outside or are gone', async () => {
    const [folder, outside] = [folderOf('in/a.jpg'), folderOf('secret.jpg')]
    symlinkSync(join(folder, 'in/a.jpg'), join(folder, 'linked.jpg'))
    symlinkSync(join(outside, 'secret.jpg'), join(folder, 'outside.jpg'))
    symlinkSync(join(folder, 'gone.jpg'), join(folder, 'broken.jpg'))
    expect(await namesIn(folder)).toEqual(['in/a.jpg', 'linked.jpg'])
  })

  it('are not looked for deeper than 32 folders', async () => {
    const at = (depth: number): string => `${'d/'.repeat(depth)}image-${depth}.jpg`
    expect(await namesIn(folderOf(at(32), at(33)))).toEqual([at(32)])
  })

  it('are asked for where the folder is not there, is a file, or holds none', async () => {
    const folder = folderOf('notes.txt')
    const refusal = (path: string, received: string) =>
      `${path}: --reference-images: expected a folder of images (.jpg, .png, .webp) but received ${received}`
    for (const path of [join(folder, 'gone'), join(folder, 'notes.txt')])
      await expect(namesIn(path)).rejects.toThrow(refusal(path, 'no such folder'))
    await expect(namesIn(folder)).rejects.toThrow(refusal(folder, 'no image'))
  })
})
