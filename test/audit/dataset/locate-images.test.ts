import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locateImages } from '../../../src/audit/dataset/locate-images.js'
import { planOf, refusal, testFolder, write } from './helpers.js'

const folder = testFolder()
let roots = 0

/** A root with one image, and whatever else the test puts there. */
function rootWith(...files: string[]): string {
  const root = join(folder, `root-${roots++}`)
  for (const file of ['ok.jpg', ...files]) write(root, 'x', file)
  return root
}

function locate(root: string | null, names: string[], { followOutside = false, skip = [] as number[] } = {}) {
  const raw = { images: names, lines: names.map((_, row) => row + 2) }
  const listed = new Map(names.map((name, row) => [name.normalize('NFC'), row] as const))
  return locateImages(planOf('F.csv', { images: root, followOutside }), raw, (row) => skip.includes(row), listed)
}
const codesOf = async (root: string, names: string[], options = {}): Promise<(string | undefined)[]> => {
  const { quarantined } = await locate(root, ['ok.jpg', ...names], options)
  return names.map((_, index) => quarantined.get(index + 1)?.code)
}

describe('locateImages', () => {
  it('looks for nothing when there is no root', async () =>
    expect(await locate(null, ['a.jpg'])).toEqual({ paths: null, quarantined: new Map(), warnings: [] }))

  it('gives absolute paths, and none for skipped rows', async () => {
    const root = rootWith('val/1.jpg')
    const { paths, quarantined } = await locate(root, ['val/1.jpg', './ok.jpg', 'absent.jpg'], { skip: [2] })
    expect(paths).toEqual([join(root, 'val/1.jpg'), join(root, 'ok.jpg'), ''])
    expect(quarantined.size).toBe(0)
  })

  it('quarantines what is missing, also below a missing folder or below a file', async () =>
    expect(await codesOf(rootWith(), ['no.jpg', 'no/no.jpg', 'ok.jpg/x.jpg', 'OK.jpg'])).toEqual(
      Array(4).fill('file.missing'),
    ))

  it('finds a name in the other Unicode form', async () => {
    const decomposed = '한글 é.jpg'.normalize('NFD')
    const root = rootWith(decomposed)
    const { paths } = await locate(root, [decomposed.normalize('NFC')])
    expect(paths).toEqual([join(root, decomposed)])
  })

  it('refuses a folder that has a name in both Unicode forms', async () => {
    const root = rootWith('é.jpg'.normalize('NFC'), 'é.jpg'.normalize('NFD'))
    const error = await refusal(locate(root, ['ok.jpg', 'é.jpg']))
    expect([error.code, error.faults[0].at]).toEqual(['path.ambiguous', 'F.csv:3'])
  })

  it('quarantines paths that leave the root', async () => {
    const root = rootWith()
    const outside = write(folder, 'x', 'outside.jpg')
    expect(
      await codesOf(root, ['../outside.jpg', outside, 'a/../../outside.jpg', 'C:\\x.jpg', '\\\\host\\x.jpg']),
    ).toEqual(Array(5).fill('path.escape'))
  })

  it('allows them with followOutside', async () => {
    const outside = write(folder, 'x', 'outside.jpg')
    const { paths } = await locate(rootWith(), ['../outside.jpg', outside], { followOutside: true })
    expect(paths).toEqual([outside, outside])
  })

  it('follows a path that comes back into the root', async () =>
    expect(await codesOf(rootWith('val/1.jpg'), ['val/../val/1.jpg'])).toEqual([undefined]))

  it('quarantines symbolic links out of the root, of files and of folders, unless followed', async () => {
    const outside = write(folder, 'x', 'elsewhere/outside.jpg')
    const root = rootWith('real.jpg')
    symlinkSync(outside, join(root, 'link.jpg'))
    symlinkSync(join(folder, 'elsewhere'), join(root, 'linked'))
    symlinkSync('real.jpg', join(root, 'inside.jpg'))
    const names = ['link.jpg', 'linked/outside.jpg', 'inside.jpg']
    expect(await codesOf(root, names)).toEqual(['path.escape', 'path.escape', undefined])
    expect(await codesOf(root, names, { followOutside: true })).toEqual([undefined, undefined, undefined])
  })

  it('quarantines a loop of links and a link to nothing', async () => {
    const root = rootWith()
    symlinkSync('loop.jpg', join(root, 'loop.jpg'))
    symlinkSync('nothing.jpg', join(root, 'dangling.jpg'))
    expect(await codesOf(root, ['loop.jpg', 'dangling.jpg'])).toEqual(['file.symlink-loop', 'file.missing'])
  })

  it('quarantines NUL characters and empty names', async () =>
    expect(await codesOf(rootWith(), ['a\0.jpg', ''])).toEqual(['path.invalid', 'path.invalid']))

  it('quarantines a folder named like an image', async () => {
    const root = rootWith()
    mkdirSync(join(root, 'folder.jpg'))
    expect(await codesOf(root, ['folder.jpg'])).toEqual(['file.not-regular'])
  })

  it.skipIf(process.platform === 'win32')('quarantines a pipe without waiting for it', async () => {
    const root = rootWith()
    execFileSync('mkfifo', [join(root, 'pipe.jpg')])
    expect(await codesOf(root, ['pipe.jpg'])).toEqual(['file.not-regular'])
  })

  it('finds names with trailing dots, long names, reserved names and escapes', async () => {
    const names = ['CON', 'a .', 'x'.repeat(250), '\u202egpj.exe', '\u001b[31m.jpg', '__proto__', 'a,b"c\n.jpg']
    expect(await codesOf(rootWith(...names), names)).toEqual(names.map(() => undefined))
  })

  it('says where a missing image differs from one on disk in upper and lower case alone', async () => {
    const root = rootWith('val/129.PNG', 'val/1.jpg')
    const { quarantined } = await locate(root, ['val/129.png', 'val/1.jpg', 'val/2.jpg'])
    expect([...quarantined]).toEqual([
      [0, { code: 'file.missing', reason: 'no such file under the image root; found "129.PNG": upper and lower case differ' }], // prettier-ignore
      [2, { code: 'file.missing', reason: 'no such file under the image root' }],
    ])
  })

  it('speaks of one image that is not listed as of one', async () => {
    const root = rootWith('val/1.jpg', 'val/2.jpg')
    expect((await locate(root, ['ok.jpg', 'val/1.jpg'])).warnings[0].message).toBe(
      '1 image file beside the listed ones is not in F.csv and is not processed',
    )
  })

  it('counts images that are not listed, in the folders that are', async () => {
    const root = rootWith('val/1.jpg', 'val/2.jpg', 'val/3.PNG', 'val/notes.txt', 'train/9.jpg')
    expect((await locate(root, ['ok.jpg', 'val/1.jpg'])).warnings).toEqual([
      {
        code: 'file.not-listed',
        count: 2,
        message: '2 image files beside the listed ones are not in F.csv and are not processed',
      },
    ])
  })

  it('stops when not one image is there, with the root, an example and what to do', async () => {
    const root = rootWith('val/1.jpg')
    const error = await refusal(locate(join(root, 'val'), ['val/1.jpg', 'val/2.jpg']))
    expect(error.message).toBe(
      `${root}/val: images: expected the folder that the image names of F.csv start from but received a folder with none of ` +
        'the 2 images, for example "val/1.jpg" (file.missing: no such file under the image root). ' +
        'The names begin with "val": name the folder that holds it',
    )
  })

  it('says so when all names are absolute', async () => {
    const root = rootWith()
    expect((await refusal(locate(root, [join(root, 'ok.jpg')]))).message).toContain('--follow-outside')
  })

  it('refuses a root that is no folder', async () => {
    expect((await refusal(locate(join(folder, 'absent'), ['a']))).message).toContain('no such folder')
    expect((await refusal(locate(join(rootWith(), 'ok.jpg'), ['a']))).message).toContain('a folder of images')
  })
})
