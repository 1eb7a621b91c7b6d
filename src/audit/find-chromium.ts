import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { DefinitionError, quoted } from './errors.js'

/** Where a browser may be: what the user names, the variables of the environment, and the machine it is looked for on. */
export type ChromiumPlaces = {
  /** Path of --chromium; null where it is not given. */
  readonly asked: string | null
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

const VARIABLES = ['PROBITY_CHROMIUM', 'CHROME_PATH']
const SECONDS = 'PROBITY_CHROMIUM_SECONDS'
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'msedge',
  'microsoft-edge',
]
const OF_MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const OF_WINDOWS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]
const HINT =
  'Install Chromium, Chrome or Edge (Debian: apt install chromium; macOS: brew install --cask chromium), or name one with --chromium'

/** Path of the Chromium, Chrome or Edge that prints a PDF: the one asked for, then PROBITY_CHROMIUM and CHROME_PATH, then those on
 *  PATH and in the usual places. Throws DefinitionError when a named one cannot be run, or none is found. */
export function findChromium({ asked, environment, platform }: ChromiumPlaces): string {
  const named = [['--chromium', asked] as const, ...VARIABLES.map((name) => [name, environment[name]] as const)]
  for (const [field, path] of named) {
    if (path === null || path === undefined || path === '') continue
    if (isProgram(path, platform)) return path
    const fault = { at: 'pdf', field, expected: 'a browser that can be run', received: quoted(path), hint: HINT }
    throw new DefinitionError('pdf.chromium', fault)
  }
  const found = usualPlaces(environment, platform).find((path) => isProgram(path, platform))
  if (found !== undefined) return found
  const expected = 'Chromium, Chrome or Edge, which print the PDF'
  throw new DefinitionError('pdf.no-chromium', { at: 'pdf', field: '--format', expected, received: 'none', hint: HINT })
}

function usualPlaces(environment: ChromiumPlaces['environment'], platform: NodeJS.Platform): readonly string[] {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const endings = platform === 'win32' ? ['.exe'] : ['']
  const onPath = NAMES.flatMap((name) => folders.flatMap((folder) => endings.map((end) => join(folder, name + end))))
  if (platform === 'darwin') return [...onPath, ...OF_MACOS]
  if (platform !== 'win32') return onPath
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => environment[name] ?? [])
  return [...onPath, ...roots.flatMap((root) => OF_WINDOWS.map((place) => join(root, place)))]
}

function isProgram(path: string, platform: NodeJS.Platform): boolean {
  try {
    accessSync(path, platform === 'win32' ? constants.F_OK : constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false // not there, or not to be run: the next place is tried
  }
}

/** Seconds after which the browser is ended: --chromium-seconds, else PROBITY_CHROMIUM_SECONDS; undefined where neither is given.
 *  Throws DefinitionError unless it is a whole number from 1 to 86400. */
export function chromiumSeconds(asked: string | null, environment: ChromiumPlaces['environment']): number | undefined {
  const named = [['--chromium-seconds', asked] as const, [SECONDS, environment[SECONDS] ?? null] as const]
  const [field, text] = named.find(([, value]) => value !== null && value !== '') ?? ['', null]
  if (text === null) return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 86_400) return Number(text)
  const expected = 'a whole number of seconds from 1 to 86400'
  throw new DefinitionError('pdf.seconds', { at: 'pdf', field, expected, received: quoted(text) })
}
