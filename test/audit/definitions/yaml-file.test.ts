import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parseYaml, readYaml } from '../../../src/audit/definitions/yaml-file.js'
import { refusalOf } from './refusal-of.js'

const folder = mkdtempSync(join(tmpdir(), 'probity-yaml-'))
afterAll(() => rmSync(folder, { recursive: true }))

function written(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const DEEP = 20_000
const BOMBS: readonly (readonly [what: string, text: string, message: string])[] = [
  ['20,000 lists in lists', '['.repeat(DEEP) + ']'.repeat(DEEP), 'expected at most 32 nested levels but received more'],
  ['20,000 mappings in mappings', '{a: '.repeat(DEEP), 'expected at most 32 nested levels but received more'],
  ['20,000 dashes in one line', '- '.repeat(DEEP), 'expected at most 32 nested levels but received more'],
  ['20,000 question marks', '? '.repeat(DEEP), 'expected at most 32 nested levels but received more'],
  ['a staircase of keys', staircase(1000), 'expected at most 32 nested levels but received more'],
  [
    'half a million entries',
    `[${'1,'.repeat(499_000)}]`,
    'expected a file of at most 400,000 pieces but received more',
  ],
  ['half a million comments', '#\n'.repeat(499_000), 'expected a file of at most 400,000 pieces but received more'],
]

function staircase(levels: number): string {
  return Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n')
}

describe('readYaml', () => {
  it.each(BOMBS)('refuses %s at once', (_what, text, message) => {
    const begin = performance.now()
    expect(refusalOf(() => parseYaml(text, 'bomb.yaml')).replace(/^bomb\.yaml:\d+: /, '')).toBe(message)
    expect(performance.now() - begin).toBeLessThan(5000) // alone it takes under 1 s; the test machine may be busy
  })

  it('reads 10,000 labels', () => {
    const labels = Array.from(
      { length: 10_000 },
      (_, index) => `  - { id: l${index}, text: "thing ${index}", outcome: person }`,
    )
    expect(refusalOf(() => parseYaml(`labels:\n${labels.join('\n')}\n`, 'large.yaml'))).toBe('not refused')
  })

  it('finds a duplicate among 30,000 keys without comparing each with each', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`)
    expect(refusalOf(() => parseYaml([...keys, 'k7: 2'].join('\n'), 'x.yaml'))).toBe(
      'x.yaml:30001: expected each key once but received "k7" again. Remove one of the two.',
    )
  })

  it('refuses a file of 1 MB and one byte without reading it', () => {
    const file = written('large.yaml', `a: ${'x'.repeat(1_000_000 - 2)}`)
    expect(refusalOf(() => readYaml(file, 'large.yaml'))).toBe(
      'large.yaml: expected a YAML file of at most 1,000,000 bytes but received 1000001 bytes',
    )
  })

  it('says what is wrong with a path', () => {
    mkdirSync(join(folder, 'a-folder'))
    expect(refusalOf(() => readYaml(join(folder, 'nothing.yaml'), 'nothing.yaml'))).toBe(
      'nothing.yaml: expected a YAML file but received a path where nothing is. Check the path.',
    )
    expect(refusalOf(() => readYaml(join(folder, 'a-folder'), 'a-folder'))).toBe(
      'a-folder: expected a YAML file but received a folder. Check the path.',
    )
    expect(refusalOf(() => readYaml('a\0b.yaml'))).toBe(
      'a\\u0000b.yaml: expected a path but received one with a NUL character',
    )
  })

  it.skipIf(process.platform === 'win32')('does not hang on a named pipe', () => {
    const pipe = join(folder, 'pipe.yaml')
    execFileSync('mkfifo', [pipe])
    expect(refusalOf(() => readYaml(pipe, 'pipe.yaml'))).toBe(
      'pipe.yaml: expected a YAML file but received something that is not a file. Check the path.',
    )
  })

  it('refuses bytes that are not UTF-8', () => {
    const file = written('euc-kr.yaml', Uint8Array.of(0x61, 0x3a, 0x20, 0xc7, 0xd1))
    expect(refusalOf(() => readYaml(file, 'euc-kr.yaml'))).toBe(
      'euc-kr.yaml:1: expected UTF-8 text but received bytes that are not UTF-8. Save the file with the encoding UTF-8.',
    )
  })

  it('accepts a byte order mark and Windows line ends', () => {
    const file = written('windows.yaml', '\ufeffid: one\r\ntitle: two\r\n')
    const document = readYaml(file)
    expect(JSON.stringify(document.root)).toBe('{"id":"one","title":"two"}')
  })

  it('counts lines from 1', () => {
    const document = parseYaml('a: 1\nb:\n  c: 2\n', 'x.yaml')
    expect([0, 5, 10].map(document.lineAt)).toEqual([1, 2, 3])
  })

  it('reads any text or refuses it in words, and never crashes', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a ',
      '*a',
      '!t ',
      '|',
      '>',
      '#',
      '%',
      '? ',
      '---\n',
      '\t',
      '1e3',
      '\u0000',
      '한',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (yaml) => refusalOf(() => parseYaml(yaml, 'x.yaml')) !== ''),
      { numRuns: 500 },
    )
  })
})
