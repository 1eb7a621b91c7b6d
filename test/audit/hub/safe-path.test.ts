import { isAbsolute, resolve, sep, win32 } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collision, isSafePath, refuseUnsafePaths } from '../../../src/audit/hub/safe-path.js'
import { testHub } from './test-hub.js'

describe('isSafePath', () => {
  it.each(['config.json', 'onnx/vision_model.onnx', 'data/train-00000-of-00002.parquet', 'a/b c/d', 'naïve/ü.txt', '.gitattributes', '...a', 'console/com10.txt'])('takes %s', (path) => expect(isSafePath(path)).toBe(true)) // prettier-ignore

  it.each([
    ['the folder above', '../x'],
    ['the folder above, further in', 'a/../../x'],
    ['an absolute path', '/etc/passwd'],
    ['a drive of Windows', 'C:/x'],
    ['a stream of Windows', 'a.txt:b'],
    ['a backslash', 'a\\..\\x'],
    ['a NUL', 'a\u0000b'],
    ['a line break', 'a\nb'],
    ['an empty name', 'a//b'],
    ['no name at all', ''],
    ['the folder itself', './a'],
    ['a device of Windows', 'onnx/NUL'],
    ['a device of Windows with an ending', 'com1.txt'],
    ['a name that Windows shortens', 'a./b'],
    ['a name too long for a disk', 'x'.repeat(256)],
    ['a path too long for a disk', 'x/'.repeat(600) + 'x'],
  ])('refuses %s', (_, path) => expect(isSafePath(path)).toBe(false))

  it('leaves no path that ends outside the folder, on this system or on Windows', () => {
    const folder = resolve('/pulled/here')
    const piece = fc.constantFrom('..', '.', '', 'a', '\\', '/', 'C:', '~', '\u0000', ' ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = pieces.join('/')
        if (!isSafePath(path)) return
        expect(isAbsolute(path) || win32.isAbsolute(path)).toBe(false)
        expect(resolve(folder, path).startsWith(folder + sep)).toBe(true)
        expect(win32.resolve('C:\\here', path).startsWith('C:\\here\\')).toBe(true)
      }),
    )
  })
})

describe('refuseUnsafePaths', () => {
  const file = (path: string) => ({ path, bytes: 1, checksum: { kind: 'git-sha1', hex: '' } }) as const
  const refuse = (...paths: string[]) => refuseUnsafePaths(testHub('https://hub.test'), 'page', paths.map(file))

  it('says which name it was', () => {
    expect(() => refuse('a.json', '../b.json')).toThrow('received "../b.json". Do not pull this repository')
    expect(() => refuse('a.json', 'b.json')).not.toThrow()
  })

  it('refuses two names that are one where case does not count, and the name of the record', () => {
    expect(collision(['a/B', 'a/b'])).toEqual(['a/B', 'a/b'])
    expect(() => refuse('README.md', 'readme.md')).toThrow('received "README.md" and "readme.md"')
    expect(() => refuse('Probity-Pull.json')).toThrow('"Probity-Pull.json"')
  })
})
