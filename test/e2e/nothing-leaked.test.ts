import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawnImage } from '../audit/model/drawn-image.js'
import { fakeVision, writeFakeModel } from '../audit/model/fake-model.js'
import { MAIN, probity, temporaryFolder, testEnvironment, type Ran } from './run-cli.js'

// Words that stand in one place of the input and nowhere else: wherever one of them comes out, it was carried there.
const USER = 'zebediah' // the home folder, and who is logged in
const PERSON = 'quillfeather' // in the name of every image
const SECRETS = ['hf_NeverToBeSeen', 'correct-horse-battery']
const HARMFUL = ['animal', 'gorilla', 'chimpanzee', 'orangutan', 'thief', 'criminal', 'suspicious person'] // label set clip-paper
const NAMED = ['quarantine.csv', 'decisions.csv', 'images.csv'] // the files that hold names of images
const IMAGES = 240 // of which two cannot be used, less than the limit of 1%
const FORMATS = ['html', 'md', 'csv', 'junit', 'sarif', 'summary', 'model-card', 'instructions']

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0
const root = temporaryFolder()
const home = join(root, 'home', USER)
const [photos, labels, model] = [join(home, 'photos'), join(home, 'labels.csv'), join(home, 'model')]
const [store, temporary, out] = [join(root, 'store'), join(root, 'tmp'), join(home, 'results')]
const environment = {
  ...testEnvironment(),
  ...{ HOME: home, USER, LOGNAME: USER, TMPDIR: temporary, PROBITY_STORE: store },
  ...{ HF_TOKEN: SECRETS[0], MY_SETTING: SECRETS[1] },
}
let ran: Ran
let trace: string[] = []

beforeAll(async () => {
  for (const folder of [photos, temporary]) mkdirSync(folder, { recursive: true })
  const names = Array.from({ length: IMAGES }, (_, index) => `${PERSON}-${index}.png`)
  for (const [index, name] of names.slice(0, -2).entries()) {
    const { width, height, rgb } = drawnImage('noise', 12, 10, index + 1)
    await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toFile(join(photos, name)) // prettier-ignore
  }
  writeFileSync(join(photos, `${PERSON}-${IMAGES - 2}.png`), 'no image') // and the last one is missing
  writeFileSync(labels, ['image,race', ...names.map((name, index) => `${name},${index % 3}`)].join('\n'))
  writeFakeModel(model)
  ran = audit('--decisions', `--out=${out}`)
  expect([ran.status, ran.stderr]).toEqual([0, expect.any(String)])
  const again = ['report', join(out, 'audit.json'), '--format', ...FORMATS, '--out', join(out, 'again')]
  expect(probity(again, { env: environment, cwd: home }).status).toBe(0)
}, 180_000) // traced, and on a busy machine

const DATA = ['--dataset', 'csv', '--labels', labels, '--images', photos, '--map', 'race=race']

/** The whole run as a user types it from the home folder, traced where strace is there. */
function audit(...more: string[]): Ran {
  const args = [MAIN, 'audit', `--model=${model}`, ...DATA, '--label-set', 'clip-paper', '--threads', '1', ...more]
  const log = join(root, 'trace.txt')
  const calls = 'trace=%file,%network,fchmod,ftruncate'
  const options = { encoding: 'utf8', env: environment, cwd: home, maxBuffer: 2 ** 28 } as const
  if (!canTrace) return spawnSync(process.execPath, args, options)
  const traced = spawnSync('strace', ['-f', '--seccomp-bpf', '-qq', '-s', '4096', '-e', calls, '-o', log, process.execPath, ...args], options) // prettier-ignore
  trace = readFileSync(log, 'utf8').split('\n')
  return traced
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** The files of the results and of the store that hold a text. */
function holding(text: string): string[] {
  return [...filesBelow(out), ...filesBelow(store)].filter((file) => readFileSync(file).includes(text))
}

/** The paths that a call of the trace makes, changes or removes. */
function changed(call: string): string[] {
  const name = /^\d+ +(\w+)\(/.exec(call)?.[1] ?? ''
  const opens = /^open/.test(name) && /O_(CREAT|WRONLY|RDWR|TRUNC|APPEND)/.test(call)
  const alters = /^(creat|rename|unlink|rmdir|mkdir|mknod|link|symlink|chmod|fchmodat|chown|truncate|utime)/.test(name)
  return opens || alters ? [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path]) => resolve(home, path ?? '')) : []
}

describe('an audit leaks nothing', () => {
  it('of who ran it and where: the home folder is ~ in every file, and in what the terminal shows', () => {
    expect(holding(USER)).toEqual([])
    expect(holding(root)).toEqual([])
    expect(ran.stdout + ran.stderr).not.toContain(USER)
    const { run } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as { run: { commandLine: string } }
    expect(run.commandLine).toContain('probity audit --model ~/model --dataset csv --labels ~/labels.csv')
    expect(run.commandLine).toMatch(/--out ~\/results$/)
  })

  it('of whom the images show: names of images stand in the three files that are for them, and nowhere else', () => {
    expect(holding(PERSON).sort()).toEqual(NAMED.map((name) => join(out, name)).sort())
    expect(ran.stdout + ran.stderr).not.toContain(PERSON)
  })

  it('of whom the images show: embed counts what it could not use, and says where the names stand', () => {
    const { status, stdout, stderr } = probity(['embed', '--model', model, ...DATA], { env: environment, cwd: home })
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/file\.missing: 1\n.*\n? *Names and reasons: .* --json/s),
    ])
    expect(stdout + stderr).not.toContain(PERSON)
  })

  it('of the environment: no token and no setting is recorded or shown', () => {
    for (const secret of SECRETS) {
      expect(holding(secret)).toEqual([])
      expect(ran.stdout + ran.stderr).not.toContain(secret)
    }
  })

  it('of the wording of harm into logs: no label is named while it runs', () => {
    expect(ran.stderr).toMatch(/embedding \d+ of 239 images/)
    for (const label of HARMFUL) expect(ran.stderr.toLowerCase()).not.toContain(label)
  })

  it('to others on the machine: results and store are readable by their owner alone', () => {
    const made = [out, store].flatMap((folder) => [
      folder,
      ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    ])
    expect(made.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([])
    expect(made.length).toBeGreaterThan(30)
  })

  it('behind itself: no temporary file and no lock is left', () => {
    expect(readdirSync(temporary)).toEqual([])
    const left = [...filesBelow(out), ...filesBelow(store)].filter((file) => /\.(tmp|part)$|[/\\](lock|\.)[^/\\]*$/.test(file)) // prettier-ignore
    expect(left).toEqual([])
  })

  it.skipIf(!canTrace)('to the network: no socket of any kind is made (skipped where strace is not here)', () => {
    expect(trace.filter((call) => /^\d+ +(socket|connect|send|bind|listen)/.test(call))).toEqual([])
    expect(trace.some((call) => call.includes('vision_model.onnx'))).toBe(true) // the trace saw the run
  })

  it.skipIf(!canTrace)('to another program: none is started (skipped where strace is not here)', () => {
    expect(trace.filter((call) => /^\d+ +execve/.test(call))).toHaveLength(1)
  })

  it.skipIf(!canTrace)(
    'to another place: nothing is written but in --out, the store and TMPDIR (skipped where strace is not here)',
    () => {
      const places = [out, store, temporary]
      const within = (path: string): boolean =>
        places.some((place) => path === place || path.startsWith(place + sep)) || path === '/dev/null'
      const written = trace.flatMap(changed)
      expect(written.filter((path) => !within(path))).toEqual([])
      expect(written.length).toBeGreaterThan(40)
    },
  )
})

describe('a refusal leaks nothing', () => {
  it.each([
    ['a model that ONNX Runtime refuses', { 'onnx/vision_model.onnx': fakeVision({ op: 'NoSuchOperator' }) }],
    ['a model that is cut', { 'onnx/vision_model.onnx': fakeVision().subarray(0, 300) }],
    ['a model without its tokenizer', { 'tokenizer.json': null }],
  ])('of %s: the path of the home folder is ~, with --debug as well', (_, exchanged) => {
    const broken = writeFakeModel(join(home, `broken-${Object.keys(exchanged).join().length}-${_.length}`), exchanged)
    const args = ['audit', '--model', broken, '--dataset', 'csv', '--labels', labels, '--images', photos, '--map', 'race=race'] // prettier-ignore
    const refused = probity([...args, '--out', join(home, 'refused'), '--debug'], { env: environment, cwd: root })
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('~/broken-')])
    for (const text of [USER, PERSON, ...SECRETS]) expect(refused.stderr + refused.stdout).not.toContain(text)
  })
})
