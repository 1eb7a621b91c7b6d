import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { shortenHomes, shownFolder } from '../../src/cli/home-folder.js'

let home = '/home/ada'
vi.mock('node:os', async (importOriginal) => ({ ...(await importOriginal<object>()), homedir: () => home }))

describe('a folder with the home folder shortened', () => {
  it.each([
    ['/home/ada/.cache/probity', '~/.cache/probity'],
    ['/home/ada', '~'],
    ['/var/cache/probity', '/var/cache/probity'],
    ['/mnt/home/ada/x', '/mnt/home/ada/x'],
    ['/home/adam/x', '/home/adam/x'],
  ])('%s is %s', (path, shown) => {
    expect(shownFolder(path)).toBe(shown)
  })
})

describe('a text with the home folder shortened', () => {
  it.each([
    ['expected a file but received "/home/ada/x.csv".', 'expected a file but received "~/x.csv".'],
    ['/home/ada/a.yaml:4: field: ...', '~/a.yaml:4: field: ...'],
    ['--out=/home/ada', '--out=~'],
    ['It lies in /home/ada. Choose another', 'It lies in ~. Choose another'],
    ['at run (file:///home/ada/probity/main.js:3:1)', 'at run (file://~/probity/main.js:3:1)'],
    ['/home/ada/x and /home/ada/y', '~/x and ~/y'],
    [
      '/mnt/home/ada/x, /home/adam, /home/ada-old, /home/ada.bak',
      '/mnt/home/ada/x, /home/adam, /home/ada-old, /home/ada.bak',
    ],
  ])('%s', (text, shown) => {
    expect(shortenHomes(text)).toBe(shown)
  })

  it('knows a home that ends in a slash, and one that is a link, under both names', () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'probity-home-')))
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(folder, 'real'), join(folder, 'named'))
    home = join(folder, 'named/')
    expect(shortenHomes(`${folder}/named/x ${folder}/real/x`)).toBe('~/x ~/x')
  })

  it.each(['', '/'])('shortens nothing where the home is %j: every path lies below it', (none) => {
    home = none
    expect([shortenHomes('/data/x'), shownFolder('/data/x')]).toEqual(['/data/x', '/data/x'])
  })

  it('takes a home literally, whatever its name', () => {
    home = '/home/a+b (c)'
    expect(shortenHomes('/home/a+b (c)/x, /home/aab c/x')).toBe('~/x, /home/aab c/x')
  })
})
