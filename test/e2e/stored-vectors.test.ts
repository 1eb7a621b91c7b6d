import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/audit/audit-file/canonical-json.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import { drawnImage } from '../audit/model/drawn-image.js'
import { writeFakeModel } from '../audit/model/fake-model.js'
import { SHARED, sharedPath } from '../support/shared.js'
import { MAIN, probity, temporaryFolder, testEnvironment, type Ran } from './run-cli.js'

const IMAGES = 60
const SETTLED_MS = 2_100 // a file that was written a moment ago is hashed again in the next run

let root: string
let evidence: string[]
beforeAll(async () => {
  root = temporaryFolder()
  const images = join(root, 'images')
  mkdirSync(images)
  for (let index = 0; index < IMAGES; index++) {
    const { width, height, rgb } = drawnImage('noise', 12, 10, index + 1)
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(join(images, `${index}.png`))
  }
  const rows = Array.from({ length: IMAGES }, (_, index) => `${index}.png,${['A', 'B', 'C'][index % 3]}`)
  writeFileSync(join(root, 'labels.csv'), `image,race\n${rows.join('\n')}\n`)
  const model = writeFakeModel(join(root, 'model'))
  evidence = [
    ...['--model', model, '--dataset', 'csv', '--labels', join(root, 'labels.csv'), '--images', images],
    ...['--map', 'race=race', '--threads', '1'],
  ]
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
})

const embed = (store: string, ...more: string[]): Ran => probity(['embed', ...evidence, '--store', store, ...more])
const audit = (store: string, out: string, ...more: string[]): Ran =>
  probity(['audit', ...evidence, '--store', store, '--label-set', 'clip-paper', '--out', out, ...more])
const contentOf = (out: string): string => {
  const { auditId, facts, derived } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
  return canonicalJson({ auditId, facts, derived })
}

describe('probity embed', () => {
  it('embeds what is missing, says how many it found, and writes no result of its own', () => {
    const store = join(root, 'store-1')
    const first = embed(store)
    expect([first.status, first.stdout]).toEqual([
      0,
      `60 rows: 0 found in the store, 60 embedded, 0 quarantined, 0 excluded\nModel: model, 4 numbers a vector\nStore: ${store}\n`,
    ])
    expect(first.stderr).toContain('60 images: 60 to read\n')
    const second = embed(store)
    expect(second.stdout).toContain('60 rows: 60 found in the store, 0 embedded, 0 quarantined, 0 excluded\n')
    expect(second.stderr).toContain('60 images: 60 in the store and unchanged, 0 to read\n')
  })

  it('counts a row for every image, whatever becomes of it', () => {
    writeFileSync(join(root, 'images', 'cut.png'), readFileSync(join(root, 'images', '1.png')).subarray(0, 200))
    const labels = join(root, 'more.csv')
    writeFileSync(labels, `${readFileSync(join(root, 'labels.csv'), 'utf8')}cut.png,A\ngone.png,B\n2.png,C\n`)
    const args = evidence.map((each) => (each.endsWith('labels.csv') ? labels : each))
    const ran = probity(['embed', ...args, '--store', join(root, 'store-2'), '--where', 'race=A,B', '--json'])
    const { rows, quarantined } = JSON.parse(ran.stdout) as { rows: Record<string, number>; quarantined: unknown[] }
    expect(rows).toEqual({ in: 63, found: 0, embedded: 40, quarantined: 2, excluded: 21 })
    expect(quarantined).toMatchObject([
      { image: 'cut.png', code: 'image.truncated' },
      { image: 'gone.png', code: 'file.missing' },
    ])
  })

  it('tells machines its progress, one JSON object a line', () => {
    const ran = embed(join(root, 'store-3'), '--json', '--batch', '8')
    const events = ran.stderr.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>) // prettier-ignore
    expect(events.at(0)).toMatchObject({ event: 'embedding', done: 0, total: 60, found: 0, failed: 0 })
    expect(events.at(-1)).toMatchObject({ event: 'embedding', done: 60, secondsLeft: 0 })
  })

  it('keeps nothing with --no-store', () => {
    const ran = probity(['embed', ...evidence, '--no-store'], {
      env: { ...testEnvironment(), PROBITY_STORE: join(root, 'unused') },
    })
    expect([ran.status, existsSync(join(root, 'unused'))]).toEqual([0, false])
    expect(ran.stdout).toContain('Store: none, so nothing was kept')
  })

  it('goes on without a store that cannot be made, and says so', () => {
    const place = join(root, 'a-file')
    writeFileSync(place, '')
    const ran = embed(place)
    expect([ran.status, ran.stderr.match(/warning: the store cannot be written/g)?.length]).toEqual([0, 1])
    expect(ran.stdout).toContain('60 embedded')
  })

  it('exports over an earlier export, and over nothing else: the table may have the name of the label file', () => {
    const before = readFileSync(join(root, 'labels.csv'), 'utf8')
    const refused = embed(join(root, 'store-1'), '--export', join(root, 'labels.npy'))
    expect([refused.status, readFileSync(join(root, 'labels.csv'), 'utf8')]).toEqual([2, before])
    expect(refused.stderr).toContain('labels.csv: --export: expected an earlier table of rows, or a new file')
    for (let time = 0; time < 2; time++)
      expect(embed(join(root, 'store-1'), '--export', join(root, 'v.npy')).status).toBe(0)
    mkdirSync(join(root, 'folder.npy'))
    expect(embed(join(root, 'store-1'), '--export', join(root, 'folder.npy')).status).toBe(2)
  })

  it.each([
    [
      ['--export', 'vectors.txt'],
      'command line: --export: expected a path that ends in .npy or .safetensors but received "vectors.txt"\n',
    ],
    [['--from-decisions', 'x.csv'], "error: unknown option '--from-decisions'"],
  ])('refuses %j', (flags, message) => {
    const ran = embed(join(root, 'store-1'), ...flags)
    expect([ran.status, ran.stderr.startsWith(message)]).toEqual([2, true])
  })
})

describe('an audit beside a store', () => {
  it('is the same, byte for byte but for `run`, with stored vectors, with fresh ones and without a store', () => {
    const store = join(root, 'store-4')
    const outs = ['fresh', 'stored', 'none'].map((name) => join(root, name))
    expect(audit(store, outs[0]).status).toBe(0)
    expect(audit(store, outs[1]).status).toBe(0)
    expect(audit(store, outs[2], '--no-store').status).toBe(0)
    const [fresh, stored, none] = outs.map(contentOf)
    expect([stored === fresh, none === fresh]).toEqual([true, true])
    const hits = outs.map(
      (out) => (JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult).run.cacheHits,
    )
    expect(hits).toEqual([0, 60, 0])
  })

  it.skipIf(!canTrace())(
    'opens no image file the second time, and every one with --rehash (skipped where strace is not here)',
    () => {
      const store = join(root, 'store-5')
      const log = join(root, 'opened.txt')
      const opened = (...more: string[]): number => {
        const args = ['audit', ...evidence, '--store', store, '--label-set', 'clip-paper-child', '--out', join(root, 'traced'), ...more] // prettier-ignore
        execFileSync('strace', ['-f', '-e', 'trace=open,openat,openat2', '-o', log, process.execPath, MAIN, ...args], { stdio: 'ignore' }) // prettier-ignore
        return readFileSync(log, 'utf8').split('\n').filter((line) => /images\/\d+\.png"/.test(line)).length // prettier-ignore
      }
      expect(opened()).toBe(60)
      expect(opened()).toBe(0)
      expect(opened('--rehash')).toBe(60)
      expect(opened()).toBe(0)
    },
  )

  it('embeds damaged vectors again, says so, and comes to the same result', () => {
    const store = join(root, 'store-6')
    audit(store, join(root, 'before'))
    const spaces = join(store, 'spaces')
    for (const id of readdirSync(spaces)) truncateSync(join(spaces, id, '000001.f32'), 50)
    expect(probity(['store', 'verify', '--store', store]).status).toBe(1)
    const ran = audit(store, join(root, 'after'))
    expect(ran.stderr).toMatch(/warning: \d+ vectors in the store damaged, not used, and made again/)
    expect(contentOf(join(root, 'after')) === contentOf(join(root, 'before'))).toBe(true)
    expect(probity(['store', 'verify', '--store', store]).status).toBe(0)
    expect(audit(store, join(root, 'later')).stderr).toContain('60 in the store and unchanged')
  })

  it('sees an image that was changed', () => {
    const store = join(root, 'store-7')
    embed(store)
    const image = join(root, 'images', '5.png')
    const before = readFileSync(image)
    writeFileSync(image, readFileSync(join(root, 'images', '6.png')))
    const changed = embed(store)
    appendFileSync(image, 'x')
    const again = embed(store)
    writeFileSync(image, before)
    expect(changed.stdout).toContain('60 found in the store, 0 embedded') // its content is that of image 6
    expect(again.stdout).toContain('59 found in the store, 1 embedded')
  })
})

describe('probity store', () => {
  it('lists, verifies and empties', () => {
    const store = join(root, 'store-8')
    embed(store)
    expect(probity(['store', 'ls', '--store', store]).stdout).toMatch(/model \([0-9a-f]{12}\): 60 images of 4 numbers, [\d.]+ kB in 1 segment, last written \d{4}-\d\d-\d\d\n {6}shortest edge 8, crop centre 8 x 8, bicubic, exact\n$/) // prettier-ignore
    const verified = probity(['store', 'verify', '--store', store])
    expect([verified.status, verified.stdout]).toEqual([0, 'whole    model, images: 60 vectors as stored\n'])
    expect(probity(['store', 'purge', '--store', store, '--all']).status).toBe(2) // nobody is there to be asked
    expect(probity(['store', 'purge', '--store', store]).status).toBe(2)
    expect(probity(['store', 'purge', '--store', store, '--dataset', join(root, 'images'), '--yes']).stdout).toContain('Removed 60 vectors') // prettier-ignore
    expect(embed(store).stdout).toContain('0 found in the store, 60 embedded')
    expect(probity(['store', 'purge', '--store', store, '--all', '--yes']).stdout).toContain('Removed 60 vectors')
    expect(probity(['store', 'ls', '--store', store]).stdout).toContain('nothing is stored yet')
  })
})

const FACES = sharedPath('data/fairface-val-balanced700')
const MINI_CLIP = sharedPath('models/mini-clip')

describe.skipIf(FACES === null || MINI_CLIP === null)(`700 real faces, embedded and stopped (needs ${SHARED})`, () => {
  const faces = [
    ...['--model', MINI_CLIP ?? '', '--dataset', 'fairface', '--images', FACES ?? ''],
    ...['--labels', join(FACES ?? '', 'labels.csv'), '--batch', '16'],
  ]
  /** Starts a command and sends it a signal some time after it began to embed. */
  const stop = (
    args: string[],
    afterMs: number,
    signal: NodeJS.Signals,
  ): Promise<{ status: number | null; stderr: string }> =>
    // prettier-ignore
    new Promise((resolve) => {
      const child = spawn(process.execPath, [MAIN, ...args], { env: testEnvironment() })
      let stderr = ''
      child.stderr.on('data', (text: Buffer) => {
        if (stderr === '') setTimeout(() => child.kill(signal), afterMs)
        stderr += text.toString()
      })
      child.on('exit', (status) => resolve({ status, stderr }))
    })
  /** Starts a command and kills it as soon as it has come so far. */
  const killWhen = (args: string[], isThere: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [MAIN, ...args], { env: testEnvironment(), stdio: 'ignore' })
      const watching = setInterval(() => isThere() && child.kill('SIGKILL'), 2)
      child.on('exit', () => {
        clearInterval(watching)
        resolve()
      })
    })
  /** How much is written of all vectors of a store, of texts and of images. */
  const vectorBytes = (store: string): number => {
    if (!existsSync(store)) return -1
    const files = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.f32'))
    return files.reduce((sum, name) => sum + (statSync(join(store, name), { throwIfNoEntry: false })?.size ?? 0), 0)
  }
  /** Vectors of images in a store, counted by the size of the file of their keys. */
  const imagesIn = (store: string): number => {
    const listed = JSON.parse(probity(['store', 'ls', '--store', store, '--json']).stdout) as { spaces: { description: { kind: string } | null; vectors: number }[] } // prettier-ignore
    // a kill between making a space and describing it leaves one without a description, and without vectors
    return listed.spaces.reduce(
      (sum, { description, vectors }) => sum + (description?.kind === 'images' ? vectors : 0),
      0,
    )
  }
  const counts = (ran: Ran): { found: number; embedded: number } =>
    (JSON.parse(ran.stdout) as { rows: { found: number; embedded: number } }).rows

  it('goes on after kill -9 at ten moments: only what is missing is embedded, and the audit is the same bytes', async () => {
    const whole = join(temporaryFolder(), 'whole')
    const some = ['--where', 'race=White,Black'] // 200 images
    const auditTo = (store: string, out: string): string[] => ['audit', ...faces, ...some, '--label-set', 'clip-paper', '--store', store, '--out', out, '--json'] // prettier-ignore
    probity(auditTo(join(whole, 'store'), whole))
    const all = vectorBytes(join(whole, 'store'))
    let felt = 0
    for (let moment = 0; moment < 10; moment++) {
      const store = join(temporaryFolder(), 'store')
      const out = join(store, 'audit')
      await killWhen(auditTo(store, out), () => vectorBytes(store) >= (all * moment) / 10)
      const kept = imagesIn(store)
      if (kept > 0 && kept < 200) felt++
      const isAuditedAgain = moment % 3 === 1 // an audit takes much longer than embedding what it lacks
      const again = isAuditedAgain ? auditTo(store, out) : ['embed', ...faces, ...some, '--store', store, '--json']
      const { rows } = JSON.parse(probity(again).stdout) as { rows: { found: number } }
      expect([moment, rows.found, imagesIn(store)]).toEqual([moment, kept, 200])
      if (isAuditedAgain) expect([moment, contentOf(out) === contentOf(whole)]).toEqual([moment, true])
    }
    expect(felt).toBeGreaterThan(3) // some moments lay inside the embedding, not before or after it
  }, 600_000) // eleven runs that are killed, and as many whole ones

  it('finishes the batch on Ctrl-C, exits with 130 and says how to go on', async () => {
    const store = join(temporaryFolder(), 'store')
    const { status, stderr } = await stop(['embed', ...faces, '--store', store], 150, 'SIGINT')
    expect(status).toBe(130)
    const told = /Interrupted: (\d+) images embedded and kept by this run, (\d+) left\. To go on, run it again:\n {2}probity embed --model/.exec(stderr) // prettier-ignore
    const [embedded, left] = [Number(told?.[1]), Number(told?.[2])]
    expect(embedded + left).toBe(700)
    expect(readdirSync(store, { recursive: true }).filter((name) => String(name).endsWith('lock'))).toEqual([])
    const rows = counts(probity(['embed', ...faces, '--store', store, '--json']))
    expect([rows.found, rows.embedded]).toEqual([embedded, left])
  })

  it('waits for another run on the same store, and uses what that one made', async () => {
    const store = join(temporaryFolder(), 'store')
    const runs = await Promise.all([1, 2, 3].map(() => startEmbedding([...faces, '--store', store, '--json'])))
    const rows = runs.map(counts)
    expect(rows.reduce((sum, { embedded }) => sum + embedded, 0)).toBe(700)
    expect(rows.map(({ found, embedded }) => found + embedded)).toEqual([700, 700, 700])
    expect(runs.some(({ stderr }) => stderr.includes('"event":"waiting"'))).toBe(true)
    expect(probity(['store', 'verify', '--store', store]).status).toBe(0)
  })
})

function startEmbedding(args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, 'embed', ...args], { env: testEnvironment() })
    const [stdout, stderr]: Buffer[][] = [[], []]
    child.stdout.on('data', (piece: Buffer) => stdout.push(piece))
    child.stderr.on('data', (piece: Buffer) => stderr.push(piece))
    child.on('close', (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    )
  })
}

function canTrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0
}
