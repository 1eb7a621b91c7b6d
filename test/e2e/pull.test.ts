import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { PullOutcome } from '../../src/audit/types/pull.js'
import { buildPhantom } from '../../src/phantom/build-phantom.js'
import type { PhantomFiles } from '../../src/phantom/build-phantom.js'
import { smallWorld } from '../phantom/worlds.js'
import { COMMIT, startHub, type HubServer } from '../support/hub-server.js'
import { MAIN, temporaryFolder, testEnvironment, type Ran } from './run-cli.js'

let root: string
let phantom: PhantomFiles
let server: HubServer
let pulled: Ran
beforeAll(async () => {
  root = temporaryFolder()
  phantom = await buildPhantom({ world: smallWorld(), folder: join(root, 'phantom'), sampling: 'quota', seed: 1 })
  const files = Object.fromEntries(
    filesBelow(phantom.model).map((path) => [path, readFileSync(join(phantom.model, path))]),
  )
  server = await startHub(
    { kind: 'model', id: 'probity-test/phantom', files, card: { license: 'apache-2.0' } },
    { kind: 'model', id: 'probity-test/gated', files, gatedFor: 'hf_secret' },
    {
      kind: 'dataset',
      id: 'probity-test/faces',
      files: { 'README.md': '# Faces', 'data/train-0.parquet': Buffer.alloc(2_000) },
    },
  )
  pulled = await pull('probity-test/phantom', 'pulled', '--yes')
})
afterAll(() => server.close())
beforeEach(() => server.calm())

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

type Running = { readonly kill: () => boolean; readonly ran: Promise<Ran> }

/** The real command, beside the server that this process is. */
function start(args: readonly string[], more: NodeJS.ProcessEnv = {}): Running {
  const env = {
    ...testEnvironment(),
    HF_ENDPOINT: server.endpoint,
    HF_TOKEN: undefined,
    HF_HOME: join(root, 'home'),
    ...more,
  }
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (piece: Buffer) => void (text.stdout += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => void (text.stderr += piece.toString()))
  const ran = new Promise<Ran>((resolve) => child.on('close', (status) => resolve({ status, ...text })))
  return { kill: () => child.kill('SIGINT'), ran }
}

const pull = (name: string, to: string, ...more: string[]): Promise<Ran> =>
  start(['model', 'pull', name, '--to', join(root, to), ...more]).ran

const auditArgs = (model: string, out: string): string[] => [
  ...['audit', '--model', model, '--dataset', 'csv', '--labels', phantom.labels, '--images', phantom.images],
  ...[
    '--map',
    'image=file',
    '--map',
    'race=race',
    '--label-set',
    'clip-paper',
    '--threads',
    '1',
    '--no-store',
    '--out',
    out,
  ],
]

describe('probity model pull', () => {
  it('says what it would fetch, and fetches nothing without a yes', async () => {
    const { status, stderr } = await pull('probity-test/phantom', 'asked')
    expect(status).toBe(2)
    expect(stderr).toContain(`source    ${server.endpoint}, model probity-test/phantom\n`)
    expect(stderr).toContain(`revision  ${COMMIT} (main)\n`)
    expect(stderr).toContain('licence   apache-2.0 (as its card states it)\n')
    expect(stderr).toMatch(/files {5}6 files, [\d.]+ [kM]B\n/)
    expect(stderr).toMatch(/onnx\/vision_model\.onnx {2}[\d.]+ [kM]B {2}sha256 [0-9a-f]{16}\n/)
    expect(stderr).toContain(
      'expected an answer from a terminal but received no terminal. Read what stands above, then add --yes',
    )
    expect(server.asked.filter(({ path }) => path.includes('/resolve/'))).toEqual([])
    expect(existsSync(join(root, 'asked'))).toBe(false)
  })

  it('leaves a whole folder, and says what to do with it', () => {
    expect([pulled.status, pulled.stdout]).toEqual([0, expect.stringContaining('Pulled and checked 6 files.\n')])
    expect(pulled.stdout).toContain(`probity audit --model ${join(root, 'pulled')} ...`)
    const all = [...filesBelow(phantom.model), 'probity-pull.json'].sort()
    expect(filesBelow(join(root, 'pulled')).sort()).toEqual(all)
  })

  it('goes on where it was interrupted, after 130 and a word about what is kept', async () => {
    const part = join(root, 'stopped.part/parts')
    const size = (): number => (existsSync(part) ? Math.max(0, ...readdirSync(part).filter((name) => name.endsWith('.part')).map((name) => statSync(join(part, name)).size)) : 0) // prettier-ignore
    server.trouble('/blob/', { cutAfter: 1_500, isTaken: () => false }) // and then nothing comes
    const running = start(['model', 'pull', 'probity-test/phantom', '--yes', '--to', join(root, 'stopped')])
    const watching = setInterval(() => {
      if (size() !== 1_500) return
      clearInterval(watching) // a second signal would stop it at once
      running.kill()
    }, 20)
    const { status, stderr } = await running.ran
    clearInterval(watching)
    expect(status).toBe(130)
    expect(stderr).toMatch(
      /Interrupted: .* are kept in .*stopped\.part\. To go on, run it again:\n {2}probity model pull/,
    )
    expect([size(), existsSync(join(root, 'stopped'))]).toEqual([1_500, false])
    server.calm()
    expect((await pull('probity-test/phantom', 'stopped', '--yes')).status).toBe(0)
    expect(server.asked.some(({ headers }) => headers.range === 'bytes=1500-')).toBe(true)
    for (const path of filesBelow(phantom.model)) {
      expect(readFileSync(join(root, 'stopped', path)).equals(readFileSync(join(phantom.model, path)))).toBe(true)
    }
    expect(existsSync(join(root, 'stopped.part'))).toBe(false)
  })

  it('refuses a wrong checksum and leaves nothing behind', async () => {
    server.trouble('/blob/', { content: Buffer.alloc(5_000) })
    const { status, stderr } = await pull('probity-test/phantom', 'wrong', '--yes')
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('with another checksum. Nothing was kept. Pull it again;'),
    ])
    expect(readdirSync(root).filter((name) => name.startsWith('wrong'))).toEqual([])
  })

  it('fetches nothing the second time, and says so as JSON', async () => {
    const { status, stdout } = await pull('probity-test/phantom', 'pulled', '--json')
    const outcome = JSON.parse(stdout) as PullOutcome
    expect([status, outcome.fetched, outcome.record.revision]).toEqual([0, 0, COMMIT])
    expect(server.asked.filter(({ path }) => path.includes('/resolve/'))).toEqual([])
  })

  it.each([
    ['without a token', undefined, 2, 'accept them on'],
    ['with the token of who accepted', 'hf_secret', 0, 'on terms that you accepted on the hub'],
  ])('of a model on terms, %s', async (name, token, status, message) => {
    const args = ['model', 'pull', 'probity-test/gated', '--yes', '--to', join(root, name.replaceAll(' ', '-'))]
    const ran = await start(args, { HF_TOKEN: token }).ran
    expect([ran.status, ran.stderr]).toEqual([status, expect.stringContaining(message)])
    expect(ran.stderr + ran.stdout).not.toContain('hf_')
  })

  it('refuses a precision that is not there, and names those that are', async () => {
    const { status, stderr } = await pull('probity-test/phantom', 'refused', '--yes', '--dtype', 'q8')
    expect([status, stderr]).toEqual([
      2,
      expect.stringContaining('It has other precisions (fp32): name one with --dtype.'),
    ])
  })

  it('exits with 3 where the hub is busy: nothing was wrong, and later it may work', async () => {
    server.trouble('revision/main', { status: 429, headers: { 'retry-after': '900' } })
    const { status, stderr } = await pull('probity-test/phantom', 'busy', '--yes')
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining('Run it again after 900 seconds: it goes on where it stopped.'),
    ])
  })
})

describe('probity dataset pull', () => {
  it('puts a dataset where HF_HOME says, and names the folder', async () => {
    const { status, stdout } = await start(['dataset', 'pull', 'probity-test/faces', '--split', 'train', '--yes']).ran
    expect([status, stdout]).toEqual([0, expect.stringContaining('home/probity/datasets/probity-test/faces')])
    const folder = join(root, 'home/probity/datasets/probity-test/faces')
    expect(filesBelow(folder).sort()).toEqual(['README.md', 'data/train-0.parquet', 'probity-pull.json'])
  })
})

describe('an audit', () => {
  it.skipIf(!canUnshare())(
    'of a pulled model runs where there is no network at all, and says where the model came from (skipped where user namespaces are forbidden)',
    () => {
      const out = join(root, 'run-alone')
      const args = ['-rn', process.execPath, MAIN, ...auditArgs(join(root, 'pulled'), out)]
      const { status, stderr } = spawnSync('unshare', args, { encoding: 'utf8', env: testEnvironment() })
      expect([status, stderr]).toEqual([0, expect.any(String)])
      const { facts } = JSON.parse(readFileSync(join(out, 'audit.json'), 'utf8')) as AuditResult
      const from = { endpoint: server.endpoint, id: 'probity-test/phantom', revision: COMMIT }
      expect(facts.models[0]?.source).toEqual({ ...from, licence: 'apache-2.0', licenceReason: null })
      expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(`revision ${COMMIT}, licence apache-2.0`)
    },
  )

  it.skipIf(!canTrace())('opens no connection (skipped where strace is not here)', () => {
    const connections = (log: string, ...args: string[]): string[] => {
      const traced = ['-f', '-e', 'trace=socket,connect,sendto', '-o', log, process.execPath, MAIN, ...args]
      spawnSync('strace', traced, {
        env: { ...testEnvironment(), HF_ENDPOINT: 'http://127.0.0.1:9999' },
        stdio: 'ignore',
      })
      return readFileSync(log, 'utf8').split('\n').filter((line) => /AF_INET/.test(line)) // prettier-ignore
    }
    const out = join(root, 'run-traced')
    expect(connections(join(root, 'audit.txt'), ...auditArgs(join(root, 'pulled'), out))).toEqual([])
    expect(existsSync(join(out, 'audit.json'))).toBe(true)
    rmSync(out, { recursive: true })
    const pulls = ['model', 'pull', 'org/name', '--yes', '--to', join(root, 'nowhere')]
    expect(connections(join(root, 'pull.txt'), ...pulls).length).toBeGreaterThan(0) // the same trace sees a pull
  })
})

function canUnshare(): boolean {
  return spawnSync('unshare', ['-rn', 'true'], { stdio: 'ignore' }).status === 0
}

function canTrace(): boolean {
  return spawnSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0
}
