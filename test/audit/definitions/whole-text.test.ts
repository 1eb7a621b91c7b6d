import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWholeText } from '../../../src/audit/definitions/whole-text.js'
import { temporaryFolder } from '../../e2e/run-cli.js'
import { refusalOf } from './refusal-of.js'

const folder = temporaryFolder()
const at = (name: string, content?: string | Uint8Array): string => {
  const path = join(folder, name)
  if (content !== undefined) writeFileSync(path, content)
  return path
}
const OF = { what: 'a YAML file', mostBytes: 100, code: 'file.unreadable', hint: 'Check the path.' }
const read = (path: string): string => readWholeText(path, 'ours.yaml', OF)
const refusal = (path: string): string => refusalOf(() => read(path))

describe('a file that is read as a whole', () => {
  it('gives its text without the byte-order mark, empty or up to the allowed size', () => {
    expect(read(at('marked', Buffer.from([0xef, 0xbb, 0xbf, 0x61])))).toBe('a')
    expect(read(at('empty', ''))).toBe('')
    expect(read(at('full', 'x'.repeat(100)))).toHaveLength(100)
  })

  it('is refused by what stands at its path', async () => {
    const says = (received: string): string =>
      `ours.yaml: expected a YAML file but received ${received}. Check the path.`
    expect(refusal(at('gone'))).toBe(says('a path where nothing is'))
    expect(refusal(join(at('file', 'x'), 'below'))).toBe(says('a path where nothing is'))
    expect(refusal(folder)).toBe(says('a folder'))
    expect(refusal(at('long'.repeat(100)))).toBe(says('a path that is too long'))
    symlinkSync(at('ring'), at('ring'))
    expect(refusal(at('ring'))).toBe(says('a link that leads back to itself'))
    execFileSync('mkfifo', [at('pipe')])
    expect(refusal(at('pipe'))).toBe(says('something that is not a file'))
    const server = createServer()
    await new Promise<void>((listening) => server.listen(at('socket'), listening))
    expect(refusal(at('socket'))).toBe(says('something that is not a file'))
    server.close()
    expect(refusal('a\0b')).toBe('ours.yaml: expected a path but received one with a NUL character')
  })

  it('is refused where it is too large, with both sizes', () => {
    expect(refusal(at('large', 'x'.repeat(101)))).toBe('ours.yaml: expected a YAML file of at most 100 bytes but received 101 bytes') // prettier-ignore
  })

  it('is refused where it is not UTF-8, with the line and the encoding that it may have', () => {
    const says = (where: string, more: string): string =>
      `${where}: expected UTF-8 text but received bytes that are not UTF-8${more}. Save the file with the encoding UTF-8.`
    expect(refusal(at('latin', Buffer.from('a: b\nc: \xe9\n', 'latin1')))).toBe(
      says('ours.yaml:2', ' (they look like a Western language in the encoding Windows-1252)'),
    )
    expect(refusal(at('damaged', Buffer.from([0x61, 0xff, 0xff, 0xff])))).toBe(says('ours.yaml:1', ''))
    const korean = Buffer.from([0xc7, 0xd1, 0xb1, 0xdb, 0xc0, 0xcc, 0xb4, 0xd9, 0x0a])
    expect(refusal(at('korean', korean))).toBe(says('ours.yaml:1', ' (they look like Korean in the encoding CP949)'))
    expect(refusal(at('wide', Buffer.from('\ufeffa: b', 'utf16le')))).toBe(
      says('ours.yaml', ' (they look like UTF-16, by how they begin)'),
    )
  })
})
