import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import { locateImages } from '../../src/audit/dataset/locate-images.js'
import { planOf } from '../audit/dataset/helpers.js'
import { MAIN, temporaryFolder } from '../e2e/run-cli.js'
import { badInput, badInputs } from './bad-input.js'
import { drawnPng } from './drawn-files.js'
import { expectQuarantine, readAndPrepare } from './quarantined.js'
import { debugged, refused } from './refused.js'
import { smallAudit, type SmallAudit } from './small-audit.js'

let small: SmallAudit
beforeAll(async () => {
  small = await smallAudit()
})

/** What becomes of a name of the label file, beside one image that is there. */
async function codeOf(name: string, make: (path: string, root: string) => void = () => undefined): Promise<string> {
  const root = temporaryFolder()
  writeFileSync(join(root, 'ok.jpg'), 'x')
  make(join(root, name), root)
  const listed = new Map([name, 'ok.jpg'].map((each, row) => [each.normalize('NFC'), row] as const))
  const raw = { images: [name, 'ok.jpg'], lines: [2, 3] }
  const { quarantined } = await locateImages(planOf('F.csv', { images: root }), raw, () => false, listed)
  return quarantined.get(0)?.code ?? 'found'
}

describe('folders', () => {
  badInput(22, 'an image folder that is not there', () => {
    const args = small.audit('--images', join(small.folder, 'nowhere'))
    refused(args, /--images: expected a folder but received .*nowhere/)
    debugged(args)
  })
})

describe('what is no ordinary file', () => {
  badInputs(
    19,
    [
      ['a folder named like an image', (path: string) => mkdirSync(path)],
      ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
      ['a link to a device', (path: string) => symlinkSync('/dev/zero', path)],
    ],
    async (make) => {
      expect(['file.not-regular', 'path.escape']).toContain(await codeOf('x.jpg', make))
      const path = join(temporaryFolder(), 'x.jpg')
      make(path)
      expectQuarantine(await readAndPrepare(path), 'file.not-regular', 'this is not a regular file')
    },
  )
  badInput(19, 'a socket', async () => {
    const path = join(temporaryFolder(), 'x.jpg')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(path, resolve))
    expectQuarantine(await readAndPrepare(path), 'file.not-regular')
    await new Promise((resolve) => server.close(resolve))
  })
  badInput(20, 'a link to itself', async () => {
    expect(await codeOf('loop.jpg', (path) => symlinkSync(path, path))).toBe('file.symlink-loop')
  })
})

describe('names', () => {
  badInputs(
    20,
    [
      ['a NUL in a name', 'a\0.jpg'],
      ['an empty name', ''],
    ],
    async (name) => expect(await codeOf(name)).toBe('path.invalid'),
  )
  badInput(26, 'a name of 300 letters', async () =>
    expectQuarantine(await readAndPrepare(join(temporaryFolder(), 'x'.repeat(300))), 'path.invalid'),
  )
  badInputs(
    21,
    [
      ['a name that leads up', '../x.jpg'],
      ['a name that leads down and up again', 'a/../../x.jpg'],
      ['an absolute path', '/etc/passwd'],
      ['an absolute path of Windows', 'C:\\x.jpg'],
      ['a path of a Windows share', '\\\\host\\x.jpg'],
    ],
    async (name) => expect(await codeOf(name)).toBe('path.escape'),
  )
  badInput(21, 'a link out of the image folder', async () => {
    expect(await codeOf('x.jpg', (path) => symlinkSync(MAIN, path))).toBe('path.escape')
  })
  badInputs(
    22,
    [
      ['a file that is not there', 'no.jpg'],
      ['a file below a file', 'ok.jpg/x.jpg'],
      ['a name in other letters than the file', 'OK.jpg'],
    ],
    async (name) => expect(await codeOf(name)).toBe('file.missing'),
  )
  badInputs(
    26,
    [
      ['a name with a right-to-left override', '\u202egpj.exe'],
      ['a name that colours a terminal', '\u001b[31m.jpg'],
      ['a name of 255 bytes', 'x'.repeat(255)],
      ['a name that Windows keeps for itself', 'CON'],
      ['a name that ends in a dot and a space', 'a. '],
      ['a name that a spreadsheet would run', '=1+1,"a"\n.jpg'],
    ],
    async (name) => expect(await codeOf(name, (path) => writeFileSync(path, 'x'))).toBe('found'),
  )
})

describe('permissions', () => {
  badInput(23, 'an image that this user may not read', async () => {
    const path = join(temporaryFolder(), 'private.png')
    writeFileSync(path, await drawnPng())
    chmodSync(path, 0)
    chmodSync(join(path, '..'), 0o755)
    const isRoot = process.geteuid?.() === 0 // root may read everything, so it becomes nobody for a moment
    if (isRoot) process.seteuid?.(65_534)
    try {
      expectQuarantine(await readAndPrepare(path), 'file.unreadable')
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})
