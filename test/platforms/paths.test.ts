import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { imageFinder } from '../../src/audit/dataset/image-finder.js'
import { imageKey } from '../../src/audit/dataset/image-key.js'
import { parseLabelSet } from '../../src/audit/definitions/label-set.js'
import { temporaryFolder } from '../e2e/run-cli.js'

/** A module of ours as it is on Windows: with the path rules of Windows, which this machine cannot produce otherwise. */
async function onWindows<Module>(load: () => Promise<Module>): Promise<Module> {
  vi.resetModules()
  vi.doMock('node:path', async () => {
    const { win32 } = await vi.importActual<{ readonly win32: object }>('node:path')
    return { ...win32, default: win32 }
  })
  try {
    return await load()
  } finally {
    vi.doUnmock('node:path')
    vi.resetModules()
  }
}

describe('paths on Windows', () => {
  it('start at the folder of the file that names them', async () => {
    const { within, folderOf } = await onWindows(() => import('../../src/audit/definitions/locate.js'))
    const working = { path: 'C:\\work', shown: '' }
    const plan = within(working, 'plans\\audit.yaml')
    expect(plan).toEqual({ file: 'C:\\work\\plans\\audit.yaml', shown: 'plans\\audit.yaml' })
    expect(within(folderOf(plan), 'images/val').file).toBe('C:\\work\\plans\\images\\val')
    expect(within(folderOf(plan), '..\\images').shown).toBe('images')
    expect(within(working, 'D:\\data').file).toBe('D:\\data')
    expect(within(working, '\\\\server\\share\\data').file).toBe('\\\\server\\share\\data')
  })

  it('name a definition by its file and not by its id', async () => {
    const { locate } = await onWindows(() => import('../../src/audit/definitions/locate.js'))
    const working = { path: 'C:\\work', shown: '' }
    for (const written of ['mine\\labels.yaml', 'mine/labels.yaml', 'labels.yaml', 'D:\\labels.yaml', '.\\labels'])
      expect(locate('label-sets', written, working)?.file).toMatch(/^[CD]:\\/)
  })

  it('leave the keys of images as they are on every system', async () => {
    const windows = await onWindows(() => import('../../src/audit/dataset/image-key.js'))
    for (const name of ['val/1.jpg', './val//1.jpg', 'val/../val/1.jpg', 'val\\1.jpg', 'val/e\u0301.jpg'])
      expect(windows.imageKey(name)).toBe(imageKey(name))
    expect(windows.imageKey('./val//1.jpg')).toBe('val/1.jpg')
  })

  it('are written with / into the files that name others', async () => {
    const { schemaSeenFrom } = await onWindows(() => import('../../src/audit/write-definition.js'))
    expect(schemaSeenFrom('C:\\elsewhere')).toMatch(/^[^\\]*\/schemas\/label-set\.schema\.json$/)
  })
})

describe('image names as other systems write them', () => {
  const root = temporaryFolder()
  mkdirSync(join(root, 'val'))
  for (const name of ['val/1.jpg', 'val/\u00e9.jpg', 'val/long'.padEnd(200, 'g')]) writeFileSync(join(root, name), 'x')
  const find = (name: string) => imageFinder(root, root, false).find(name)

  it('find the same file composed and decomposed', async () => {
    expect(await find('val/e\u0301.jpg')).toEqual({ value: join(root, 'val/\u00e9.jpg') })
    expect(await find('./val/1.jpg')).toEqual({ value: join(root, 'val/1.jpg') })
  })

  it.each([
    'val\\1.jpg',
    '.\\val\\1.jpg',
    'VAL/1.jpg',
    'val/1.JPG',
    'CON',
    'val/NUL.jpg',
    'val/1.jpg:stream',
    'val/1.jpg.',
    'val/1.jpg ',
    'C:1.jpg',
    '..\\1.jpg',
    '\\val\\1.jpg',
    'file:///val/1.jpg',
  ])('find nothing by %j, on any system', async (name) =>
    expect(await find(name)).toMatchObject({ fault: { code: 'file.missing' } }),
  )

  it.each(['C:\\val\\1.jpg', 'c:/val/1.jpg', '\\\\server\\share\\1.jpg', '/val/1.jpg', '../1.jpg', 'val/../../1.jpg'])(
    'may not leave the folder by %j, on any system',
    async (name) => expect(await find(name)).toMatchObject({ fault: { code: 'path.escape' } }),
  )
})

describe('ids', () => {
  it.each(['con', 'AUX', 'lpt1', 'nul.old', 'mine.'])('are refused where Windows cannot name a file so: %j', (id) => {
    const located = { file: `/x/${id}.yaml`, shown: `${id}.yaml` }
    expect(() => parseLabelSet(`id: ${id}\nextends: clip-paper\nremove: [thief]\n`, located)).toThrow(
      /id: expected an id that can name a file on every system but received .*choose another\.$/m,
    )
  })

  it.each(['console', 'com', 'lpt-1', 'nullify'])('that only begin like one are taken: %j', (id) => {
    const located = { file: `/x/${id}.yaml`, shown: `${id}.yaml` }
    expect(parseLabelSet(`id: ${id}\nextends: clip-paper\nremove: [thief]\n`, located).id).toBe(id)
  })
})
