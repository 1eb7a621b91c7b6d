import { afterEach, describe, expect, it, vi } from 'vitest'
import { commandLine, counted, shownArgument, shownBytes, shownPath } from '../../src/cli/shown.js'

vi.mock('node:os', async (importOriginal) => ({ ...(await importOriginal<object>()), homedir: () => '/home/ada' }))
afterEach(() => vi.restoreAllMocks())

describe('a path as a reader wants it', () => {
  it.each([
    ['/home/ada/work/run/audit.json', 'run/audit.json'],
    ['/home/ada/work', '~/work'],
    ['/home/ada/other/audit.json', '~/other/audit.json'],
    ['/home/ada', '~'],
    ['/data/audit.json', '/data/audit.json'],
  ])('%s, from /home/ada/work, is %s', (path, shown) => {
    vi.spyOn(process, 'cwd').mockReturnValue('/home/ada/work')
    expect(shownPath(path)).toBe(shown)
  })
})

describe('a command as one would type it again', () => {
  it.each([
    ['audit', 'audit'],
    ['--map', '--map'],
    ['race=Race,2', 'race=Race,2'],
    ['/home/ada/models/clip', '~/models/clip'],
    ['a photo', "'a photo'"],
    ['$HOME', "'$HOME'"],
    ['a;b', "'a;b'"],
    ["it's", `'it'\\''s'`],
    ['', "''"],
    ['/home/ada/my photos', "~/'my photos'"],
    ['image=/home/ada/{id}.jpg', "'image=~/{id}.jpg'"],
    ['/mnt/home/ada/x', '/mnt/home/ada/x'],
  ])('writes %j as %s', (argument, shown) => {
    expect(shownArgument(argument)).toBe(shown)
  })

  it('begins with the name of the program, not with where it lies', () => {
    vi.spyOn(process, 'argv', 'get').mockReturnValue([
      '/usr/bin/node',
      '/opt/probity/dist/cli/main.js',
      'embed',
      '--model',
      '/home/ada/clip',
      '--where',
      'race=Black,East Asian',
    ])
    expect(commandLine()).toBe("probity embed --model ~/clip --where 'race=Black,East Asian'")
  })
})

describe('a command with values after an equals sign', () => {
  it('names the home folder in none of them, and can be typed again', () => {
    const args = ['--model=/home/ada/clip', '--out=/home/ada/a run', '--store=/data/x', '--map=race=Race', '--no-store']
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'main.js', 'audit', ...args])
    const shown = "probity audit --model ~/clip --out ~/'a run' --store=/data/x --map=race=Race --no-store"
    expect(commandLine()).toBe(shown)
  })
})

describe('a count in words', () => {
  it.each([
    [0, '0 images'],
    [1, '1 image'],
    [2, '2 images'],
  ])('%d is %s', (count, shown) => {
    expect(counted(count, 'image')).toBe(shown)
  })
})

describe('a size in bytes', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [1049, '1.0 kB'],
    [20_480, '20.5 kB'],
    [123_456, '123 kB'],
    [1_000_000, '1.0 MB'],
    [45_678_901, '45.7 MB'],
    [1_000_000_000, '1.0 GB'],
    [1_000_000_000_000, '1.0 TB'],
    [5_000_000_000_000_000, '5000 TB'],
  ])('%d is %s', (bytes, shown) => {
    expect(shownBytes(bytes)).toBe(shown)
  })

  it('never says a thousand of a unit that has a larger one', () => {
    expect(shownBytes(999_999)).toBe('1.0 MB')
  })
})
