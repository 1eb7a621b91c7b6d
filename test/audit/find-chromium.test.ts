import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chromiumSeconds, findChromium } from '../../src/audit/find-chromium.js'
import { temporaryFolder } from '../e2e/run-cli.js'

const folder = temporaryFolder()

function program(path: string, mode = 0o700): string {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  chmodSync(path, mode)
  return path
}

const NOTHING = { PATH: join(folder, 'nothing') }

describe('the browser of a machine', () => {
  it('is found on PATH under any of its names, Chromium before the others', () => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')]
    const edge = program(join(first, 'microsoft-edge'))
    const environment = { PATH: `${first}::${second}` }
    expect(findChromium({ asked: null, environment, platform: 'linux' })).toBe(edge)
    const chromium = program(join(second, 'chromium'))
    expect(findChromium({ asked: null, environment, platform: 'linux' })).toBe(chromium)
    expect(findChromium({ asked: '', environment: { ...environment, CHROME_PATH: '' }, platform: 'darwin' })).toBe(chromium) // prettier-ignore
  })

  it('is not a folder, nor a file that may not be run, which only Windows takes by its ending', () => {
    const taken = join(folder, 'taken')
    mkdirSync(join(taken, 'chromium'), { recursive: true })
    program(join(taken, 'google-chrome'), 0o600)
    expect(() => findChromium({ asked: null, environment: { PATH: taken }, platform: 'linux' })).toThrow(
      'pdf: --format: expected Chromium, Chrome or Edge, which print the PDF but received none. Install Chromium',
    )
    const exe = program(join(taken, 'chrome.exe'), 0o600)
    expect(findChromium({ asked: null, environment: { PATH: taken }, platform: 'win32' })).toBe(exe)
  })

  it('is found on Windows where programs are installed, for all or for one user', () => {
    const roots = { 'ProgramFiles': join(folder, 'all'), 'LocalAppData': join(folder, 'one') } // prettier-ignore
    const installed = program(join(roots.LocalAppData, 'Google\\Chrome\\Application\\chrome.exe'))
    expect(findChromium({ asked: null, environment: { ...NOTHING, ...roots }, platform: 'win32' })).toBe(installed)
  })

  it('is looked for on macOS among the applications too', () => {
    const found = (): string => findChromium({ asked: null, environment: {}, platform: 'darwin' })
    if (process.platform === 'darwin' && existsSync('/Applications/Google Chrome.app'))
      expect(found()).toMatch(/^\/Applications\//) // prettier-ignore
    else expect(found).toThrow('received none')
  })

  it('is refused where a named one cannot be run, by the name of the variable', () => {
    const environment = { ...NOTHING, CHROME_PATH: join(folder, 'gone') }
    expect(() => findChromium({ asked: null, environment, platform: 'linux' })).toThrow(
      `pdf: CHROME_PATH: expected a browser that can be run but received "${join(folder, 'gone')}"`,
    )
  })
})

describe('the seconds that a browser has', () => {
  it('are those of the flag, then those of the environment, else not said', () => {
    const environment = { PROBITY_CHROMIUM_SECONDS: '7' }
    expect([chromiumSeconds('86400', environment), chromiumSeconds('', environment)]).toEqual([86_400, 7])
    expect([chromiumSeconds(null, {}), chromiumSeconds('', { PROBITY_CHROMIUM_SECONDS: '' })]).toEqual([undefined, undefined]) // prettier-ignore
  })
  it.each(['0', '86401', '1.5', '-1', 'soon', '123456'])('are refused where they are %s', (text) => {
    const refusal = `expected a whole number of seconds from 1 to 86400 but received "${text}"`
    expect(() => chromiumSeconds(text, {})).toThrow(`pdf: --chromium-seconds: ${refusal}`)
    expect(() => chromiumSeconds(null, { PROBITY_CHROMIUM_SECONDS: text })).toThrow(`pdf: PROBITY_CHROMIUM_SECONDS: ${refusal}`) // prettier-ignore
  })
})
