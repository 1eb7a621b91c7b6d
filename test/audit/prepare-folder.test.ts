import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { prepareFolder } from '../../src/audit/prepare-folder.js'

const NOBODY = 65534
const scratch = mkdtempSync(join(tmpdir(), 'probity-folder-'))

describe('prepareFolder', () => {
  it('makes what is missing, readable by its owner alone', async () => {
    await prepareFolder(join(scratch, 'a/b c/d'))
    expect(statSync(join(scratch, 'a/b c/d')).mode & 0o777).toBe(0o700)
  })

  it('takes a folder that is there as it is', async () => {
    mkdirSync(join(scratch, 'there'), { mode: 0o755 })
    await prepareFolder(join(scratch, 'there'))
    expect(statSync(join(scratch, 'there')).mode & 0o777).toBe(0o755)
  })

  it('refuses a file in its place', async () => {
    writeFileSync(join(scratch, 'file'), '')
    await expect(prepareFolder(join(scratch, 'file'))).rejects.toThrow(
      /file: --out: expected a folder that can be written but received a file/,
    )
    await expect(prepareFolder(join(scratch, 'file/below'))).rejects.toThrow(/received a file in its place/)
  })

  it('blames a name that is too long, and not the folder above it, which can be written', async () => {
    await expect(prepareFolder(join(scratch, 'x'.repeat(300)))).rejects.toThrow(
      /but received ".*x\.\.\.": the name is too long\. Choose another with --out/,
    )
  })

  it.each(['loop', 'loop/below'])('blames the link that leads to itself: %s', async (path) => {
    if (path === 'loop') symlinkSync('loop', join(scratch, 'loop'))
    await expect(prepareFolder(join(scratch, path))).rejects.toThrow(
      /but received ".*loop.*": a link leads round in a circle/,
    )
  })

  it('refuses a link to nowhere as something in its place', async () => {
    symlinkSync('nowhere', join(scratch, 'dangling'))
    await expect(prepareFolder(join(scratch, 'dangling'))).rejects.toThrow(/dangling": there is something in its place/)
  })

  it('refuses a folder that cannot be written, before any work is done', async () => {
    const locked = join(scratch, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o555)
    chmodSync(scratch, 0o755)
    const isRoot = process.geteuid?.() === 0 // root may write everywhere, so it becomes nobody for a moment
    if (isRoot) process.seteuid?.(NOBODY)
    try {
      await expect(prepareFolder(join(locked, 'run'))).rejects.toThrow(
        /which cannot be written\. Choose another with --out/,
      )
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
    expect(existsSync(join(locked, 'run'))).toBe(false)
  })
})
