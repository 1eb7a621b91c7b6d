import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumSeconds, findChromium } from '../../src/audit/find-chromium.js'
import { renderHtml } from '../../src/audit/report/render-html.js'
import { runPdf } from '../../src/audit/run-pdf.js'
import { SCENE } from '../golden/scene.js'
import { auditOf } from '../support/facts.js'

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const hasBrowser = existsSync(CHROMIUM)
const title = hasBrowser ? 'a PDF of a report' : `a PDF of a report: skipped, no browser at ${CHROMIUM} (set CHROMIUM)`
const FOLDER = mkdtempSync(join(tmpdir(), 'probity-pdf-test-'))
const FILE = join(FOLDER, 'report.pdf')
const isRoot = process.getuid?.() === 0

afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

describe.skipIf(!hasBrowser)(title, () => {
  let pdf = ''
  beforeAll(async () => {
    process.env['TMPDIR'] = FOLDER // where its own profile goes
    await runPdf(renderHtml(auditOf(SCENE)), FILE, { path: CHROMIUM, isRoot })
    pdf = plain(readFileSync(FILE))
  })

  it('is tagged for screen readers, with a title and a language', () => {
    expect(pdf).toMatch(/\/MarkInfo\s*<<\s*\/Type \/MarkInfo\s*\/Marked true|\/MarkInfo\s*<<\s*\/Marked true/)
    expect(pdf).toMatch(/\/StructTreeRoot \d+ 0 R/)
    expect(pdf).toMatch(/\/Lang \(en\)/)
    expect(pdf).toMatch(/\/Title /)
  })

  it('has an outline and marks its table heads', () => {
    expect(pdf).toMatch(/\/Outlines \d+ 0 R/)
    expect(pdf).toMatch(/\/S \/TH\b/)
  })

  it('leaves nothing behind but itself', () => {
    expect(readdirSync(FOLDER).filter((name) => name.startsWith('probity-pdf-'))).toEqual([])
    expect(readdirSync(FOLDER)).toContain('report.pdf')
  })

  it('says what a browser said that prints nothing', async () => {
    const path = join(FOLDER, 'broken')
    writeFileSync(path, '#!/bin/sh\necho no display >&2\n')
    chmodSync(path, 0o700)
    await expect(runPdf('<p>', join(FOLDER, 'none.pdf'), { path, isRoot: false })).rejects.toThrow(
      /expected a browser that prints a page to PDF but received no PDF; it said "no display"/,
    )
    expect(existsSync(join(FOLDER, 'none.pdf'))).toBe(false)
  })
})

describe('a browser', () => {
  it('is handed what programs read, and no secret, however it is called', async () => {
    const [path, seen] = [join(FOLDER, 'tells'), join(FOLDER, 'seen.txt')]
    writeFileSync(path, `#!/bin/sh\nenv > '${seen}'\n`)
    chmodSync(path, 0o700)
    const secrets = ['HF_TOKEN', 'OPENAI_KEY', 'MYSQL_PWD', 'GITHUB_PAT', 'DATABASE_URL']
    for (const name of secrets) process.env[name] = 'hf_secret'
    await expect(runPdf('<p>', join(FOLDER, 'none.pdf'), { path, isRoot: false })).rejects.toThrow('no PDF')
    for (const name of secrets) delete process.env[name]
    expect(readFileSync(seen, 'utf8')).toContain('PATH=')
    expect(readFileSync(seen, 'utf8')).not.toContain('hf_secret')
  })
})

describe('a browser that hangs', () => {
  it('is ended after the seconds it was given, and what it was given is said, not the signal', async () => {
    const path = join(FOLDER, 'hangs')
    writeFileSync(path, '#!/bin/sh\nexec sleep 60\n')
    chmodSync(path, 0o700)
    await expect(runPdf('<p>', join(FOLDER, 'none.pdf'), { path, isRoot: false, seconds: 1 })).rejects.toThrow(
      /received no PDF: not finished in 1 second\. .*--chromium-seconds/,
    )
  })

  it('has the seconds of the flag, then those of the environment', () => {
    expect(chromiumSeconds('600', { PROBITY_CHROMIUM_SECONDS: '9' })).toBe(600)
    expect(chromiumSeconds(null, { PROBITY_CHROMIUM_SECONDS: '9' })).toBe(9)
    expect(chromiumSeconds(null, {})).toBeUndefined()
    expect(() => chromiumSeconds('soon', {})).toThrow('--chromium-seconds: expected a whole number of seconds')
  })
})

describe('the browser that prints', () => {
  const program = join(FOLDER, 'google-chrome')
  writeFileSync(program, '')
  chmodSync(program, 0o700)
  const find = (asked: string | null, environment: Record<string, string>): string =>
    findChromium({ asked, environment, platform: 'linux' })

  it('is the one that is asked for, then that of the environment, then one on PATH', () => {
    expect(find(program, { CHROME_PATH: '/nowhere' })).toBe(program)
    expect(find(null, { PROBITY_CHROMIUM: program, CHROME_PATH: '/nowhere' })).toBe(program)
    expect(find(null, { PATH: `/nowhere:${FOLDER}` })).toBe(program)
  })

  it('is refused, and no other taken, when the one that is named cannot be run', () => {
    expect(() => find('/nowhere/chrome', { PATH: FOLDER })).toThrow(
      'pdf: --chromium: expected a browser that can be run but received "/nowhere/chrome"',
    )
  })

  it('is asked for, with what to install, where none is found', () => {
    expect(() => find(null, { PATH: '/nowhere' })).toThrow(/received none\. Install Chromium, Chrome or Edge/)
  })
})

/** A PDF with its streams of objects unpacked, as text to search. */
function plain(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  const streams = [...text.matchAll(/\/Type \/ObjStm[\s\S]*?stream\r?\n([\s\S]*?)\r?\nendstream/g)]
  return [text, ...streams.map(([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'))].join('\n') // prettier-ignore
}
