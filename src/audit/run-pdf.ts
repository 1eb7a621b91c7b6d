import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { DefinitionError, quoted } from './errors.js'
import { handedOn } from './handed-on.js'

/** The browser that prints, whether it would run as root, and after how many seconds it is ended (PDF_SECONDS where not given). */
export type Browser = { readonly path: string; readonly isRoot: boolean; readonly seconds?: number }

/** A report of 200 groups prints in about ten seconds, on a busy machine in minutes; a browser that hangs must not hold a CI job. */
export const PDF_SECONDS = 300
const LONGEST_COMPLAINT = 400
const AWAY = { recursive: true, force: true, maxRetries: 5 } as const // a closing browser still writes

/** Prints a report's HTML to a PDF with the user's browser, without a window and without a network. The PDF is tagged for screen
 *  readers and has the page margins of the page's own style. Nothing is kept but the PDF. `isRoot`: Chromium refuses to run its
 *  sandbox as root, so it runs without; the page holds no script but ours and loads nothing.
 *  Throws DefinitionError with what the browser said when there is no PDF at the end. */
export async function runPdf(html: string, file: string, browser: Browser): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'probity-pdf-')) // its own profile: no cookies, no extensions, no history
  const clear = (): void => rmSync(folder, { ...AWAY, retryDelay: 100 })
  process.once('exit', clear)
  try {
    const page = join(folder, 'report.html')
    const printed = join(folder, 'report.pdf')
    await writeFile(page, html, { mode: 0o600 })
    const said = await run(browser, folder, [
      '--headless',
      ...(browser.isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--no-default-browser-check',
      '--host-resolver-rules=MAP * ~NOTFOUND', // no name is ever looked up
      '--proxy-server=127.0.0.1:9', // nor any address reached
      '--export-tagged-pdf',
      '--generate-pdf-document-outline',
      '--no-pdf-header-footer',
      `--user-data-dir=${join(folder, 'profile')}`,
      `--print-to-pdf=${printed}`,
      pathToFileURL(page).href,
    ])
    const bytes = await readFile(printed).catch(() => null)
    if (bytes === null || bytes.subarray(0, 5).toString('latin1') !== '%PDF-') throw refusal(browser.path, said)
    await writeFileWhole(file, Readable.from([bytes]))
  } finally {
    await rm(folder, { ...AWAY, retryDelay: 200 })
    process.off('exit', clear)
  }
}

/** Runs a program to its end and gives what it complained of. */
async function run(
  { path: program, seconds = PDF_SECONDS }: Browser,
  folder: string,
  flags: readonly string[],
): Promise<string> {
  let isTooSlow = false // killed by us, not by the machine
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...handedOn(process.env), ...(platform() === 'linux' ? { TMPDIR: folder } : {}) }, // its own temporary files go with the folder
      detached: hasGroups(), // it is made of several processes, which are ended together
    })
    const end = (): void => endWithItsOwn(child)
    process.prependOnceListener('exit', end) // before its folder goes
    const limit = setTimeout(() => {
      isTooSlow = true
      end()
    }, seconds * 1000)
    const settle = (): void => {
      clearTimeout(limit)
      process.off('exit', end)
    }
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-LONGEST_COMPLAINT)))
    child.once('error', (cause) => {
      settle()
      reject(refusal(program, cause.message))
    })
    child.once('close', (_, signal) => {
      settle()
      if (isTooSlow) reject(tooSlow(program, seconds))
      else if (signal === null) resolve(said)
      else reject(refusal(program, `ended by ${signal}`))
    })
  })
}

/** Ends a program and every one that it started. */
function endWithItsOwn(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && hasGroups()) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // it has ended by itself
  }
}

function hasGroups(): boolean {
  return platform() !== 'win32'
}

function tooSlow(program: string, seconds: number): DefinitionError {
  return new DefinitionError('pdf.too-slow', {
    at: program,
    expected: 'a browser that prints a page to PDF',
    received: `no PDF: not finished in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    hint: 'On a busy machine give it more with --chromium-seconds or PROBITY_CHROMIUM_SECONDS, or print report.html from a browser yourself',
  })
}

function refusal(program: string, said: string): DefinitionError {
  return new DefinitionError('pdf.failed', {
    at: program,
    expected: 'a browser that prints a page to PDF',
    received: `no PDF; it said ${quoted(said.trim() === '' ? 'nothing' : said.trim())}`,
    hint: 'Name another browser with --chromium, or print report.html from a browser yourself',
  })
}
