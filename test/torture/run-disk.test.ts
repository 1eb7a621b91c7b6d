import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { temporaryFolder } from '../e2e/run-cli.js'
import { disturbed, hasTrace, leftovers } from '../support/disturb.js'
import { contentOf, writeDrawnRun, type DrawnRun } from '../support/drawn-run.js'
import { settle, tell, tries } from './torture.js'

const IMAGES = 400
const DISK = join(temporaryFolder(), 'disk')
const KB = 1_024

/** Mounts a disk of so many bytes in memory, or changes the size of the one that is mounted; false where that is not allowed. */
function mountDisk(bytes: number, isNew = true): boolean {
  mkdirSync(DISK, { recursive: true })
  const how = isNew ? `size=${bytes}` : `remount,size=${bytes}`
  return spawnSync('mount', ['-t', 'tmpfs', '-o', how, 'tmpfs', DISK], { stdio: 'ignore' }).status === 0
}

function unmountDisk(): void {
  spawnSync('umount', [DISK], { stdio: 'ignore' })
}

const isAllowed = process.platform === 'linux' && mountDisk(64 * KB)
unmountDisk()

let run: DrawnRun
let content: string
beforeAll(async () => {
  run = await writeDrawnRun(temporaryFolder(), IMAGES)
  const out = join(run.folder, 'whole')
  await disturbed(auditTo(join(run.folder, 'whole-store'), out))
  content = contentOf(out)
})
afterAll(unmountDisk)

function auditTo(store: string, out: string): string[] {
  return ['audit', ...run.evidence, '--label-set', 'clip-paper', '--store', store, '--out', out]
}

/** Sizes from nearly nothing to more than enough, so that each write in turn is the one that fails. */
function sizes(count: number, most: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.max(4 * KB, Math.ceil((most * (index + 1)) / count)))
}

/** Every file of a folder with its bytes, but for temporary ones. */
function filesOf(folder: string): Map<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]))
}

/** One line that says what is full, and nothing of Node. */
function isPlain(stderr: string): boolean {
  return stderr.trimEnd().split('\n').filter((line) => /the disk is full/.test(line)).length === 1 // prettier-ignore
}

describe.skipIf(!isAllowed)('a disk that is full (needs the right to mount one in memory)', () => {
  it('under the store: ends with 3 and a line, and goes on when there is room', async () => {
    let [tried, lost, wrong] = [0, 0, 0]
    for (const size of sizes(tries(2, 30), 120 * KB)) {
      mountDisk(size)
      const [store, out] = [join(DISK, 'store'), mkdtempSync(join(run.folder, 'out-'))]
      const full = await disturbed(auditTo(store, out))
      tried++
      const isWhole = full.status === 0 && contentOf(out) === content
      const isFull = full.status === 3 && isPlain(full.stderr) && !existsSync(join(out, 'audit.json'))
      const left = leftovers(store, out)
      mountDisk(4_096 * KB, false)
      const again = await disturbed(auditTo(store, out))
      if (again.status !== 0 || contentOf(out) !== content) lost++
      if ((!isWhole && !isFull) || hasTrace(full) || left.length > 0 || leftovers(store, out).length > 0) {
        wrong++
        tell({ size, full, left, again })
      }
      unmountDisk()
    }
    settle({ where: 'run', fault: 'a full disk under the store, of many sizes', tried, lost, wrong })
  })

  it('under the results: ends with 3 and a line, the earlier report stays whole, and the next run writes it', async () => {
    let [tried, lost, wrong] = [0, 0, 0]
    const store = join(run.folder, 'whole-store')
    for (const size of sizes(tries(2, 30), 900 * KB)) {
      mountDisk(size)
      const out = join(DISK, 'out')
      mkdirSync(out)
      const earlier = ['audit.json', 'report.html'].filter((name) => {
        writeFileSync(join(out, name), `earlier ${name}`)
        return true
      })
      const full = await disturbed([...auditTo(store, out), '--decisions'])
      tried++
      const files = filesOf(out)
      const isWhole = full.status === 0
      const isFull = full.status === 3 && isPlain(full.stderr)
      const isEarlier = files.size === earlier.length && earlier.every((name) => files.get(name) === `earlier ${name}`)
      const isNew = isWhole && contentOf(out) === content
      if (files.get('audit.json') === undefined) lost++
      const left = leftovers(out)
      mountDisk(8_192 * KB, false)
      const again = await disturbed([...auditTo(store, out), '--decisions'])
      if (again.status !== 0 || contentOf(out) !== content) lost++
      if ((!isWhole && !isFull) || (isWhole ? !isNew : !isEarlier) || hasTrace(full) || left.length > 0) {
        wrong++
        tell({ size, full, left, names: [...files.keys()] })
      }
      unmountDisk()
    }
    settle({ where: 'run', fault: 'a full disk under the results, of many sizes', tried, lost, wrong })
  })

  it('under the temporary folder of a PDF: one line, and no part of it is left', async () => {
    const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
    if (!existsSync(chromium)) throw new Error('This needs a browser: install chromium, or name one in CHROMIUM')
    let [tried, wrong] = [0, 0]
    for (const size of sizes(tries(1, 8), 4_096 * KB)) {
      mountDisk(size)
      const out = mkdtempSync(join(run.folder, 'pdf-'))
      const audit = join(run.folder, 'whole', 'audit.json')
      const args = ['report', audit, '--format', 'pdf', '--out', out, '--chromium', chromium]
      const full = await disturbed(args, { env: { TMPDIR: DISK } })
      tried++
      const left = [...leftovers(out), ...readdirSync(DISK)]
      const isWhole = full.status === 0 && readFileSync(join(out, 'report.pdf')).subarray(0, 5).toString() === '%PDF-'
      const isRefused = full.status !== 0 && full.status !== 1 && readdirSync(out).length === 0
      if ((!isWhole && !isRefused) || hasTrace(full) || left.length > 0) {
        wrong++
        tell({ size, full, left })
      }
      unmountDisk()
    }
    settle({ where: 'run', fault: 'a full disk under the folder that a browser prints in', tried, lost: 0, wrong })
  })
})

describe('a folder that nothing can be written to', () => {
  it('is refused before any image is read, or done without', async () => {
    let [tried, lost, wrong] = [0, 0, 0]
    const readOnly = join(run.folder, 'read-only')
    if (isAllowed) {
      mountDisk(64 * KB)
      mountDisk(64 * KB, false)
      spawnSync('mount', ['-o', 'remount,ro', DISK])
    }
    const store = join(run.folder, 'whole-store')
    const places = ['/proc/probity', '/sys/probity', '/dev/null/probity', ...(isAllowed ? [join(DISK, 'x')] : [])]
    for (const place of places.slice(0, tries(1, places.length))) {
      const refused = await disturbed(auditTo(store, place))
      const out = mkdtempSync(`${readOnly}-`)
      const without = await disturbed(auditTo(place, out))
      tried += 2
      if (without.status !== 0 || contentOf(out) !== content) lost++
      const isRefused = refused.status === 2 && !/to read|in the store/.test(refused.stderr)
      const isWarned = without.stderr.match(/warning: the store cannot be written/g)?.length === 1
      if (isRefused && isWarned && !hasTrace(refused) && !hasTrace(without)) continue
      wrong++
      tell({ place, refused, without })
    }
    unmountDisk()
    rmSync(readOnly, { recursive: true, force: true })
    settle({ where: 'run', fault: 'a read-only place for results, or for the store', tried, lost, wrong })
  })
})
