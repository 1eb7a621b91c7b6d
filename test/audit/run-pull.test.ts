import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planPull, runPull } from '../../src/audit/run-pull.js'
import type { PullRequest, PullTools } from '../../src/audit/run-pull.js'
import type { PullOutcome, PullProgress } from '../../src/audit/types/pull.js'
import { COMMIT, sha256, startHub, type HubServer } from '../support/hub-server.js'

const VISION = Buffer.alloc(5_000, 1)
const TEXT = Buffer.alloc(3_000, 2)
const files = {
  'README.md': '# Card',
  'config.json': '{}',
  'tokenizer.json': '{"a":1}',
  'onnx/vision_model.onnx': VISION,
  'onnx/text_model.onnx': TEXT,
  'onnx/vision_model_fp16.onnx': Buffer.alloc(2_000, 3),
  'onnx/text_model_fp16.onnx': Buffer.alloc(1_500, 4),
}
const OTHER = 'f'.repeat(40)
const WANTED = ['README.md', 'config.json', 'onnx', 'probity-pull.json', 'tokenizer.json']

let server: HubServer
let root: string
let folder: string
beforeAll(async () => {
  const base = { kind: 'model', files, card: { license: 'mit' } } as const
  server = await startHub(
    { ...base, id: 'org/clip' },
    { ...base, id: 'org/later', commit: OTHER },
    {
      ...base,
      id: 'org/hostile',
      files: { ...files, 'onnx/vision_model.onnx': '', 'tokenizer.json': '', '../config.json': '' },
    },
    { kind: 'dataset', id: 'org/faces', files: { 'README.md': '', 'data/../../x.parquet': 'x' } },
    { kind: 'dataset', id: 'org/good', files: { 'README.md': '# Faces', 'data/train-0.parquet': VISION } },
  )
})
afterAll(() => server.close())
beforeEach(() => {
  server.calm()
  root = mkdtempSync(join(tmpdir(), 'probity-test-'))
  folder = join(root, 'clip')
})

const MODEL = { kind: 'model', dtype: 'fp32', suffix: '', withWeights: false } as const
const requestOf = (more: Partial<PullRequest> = {}): PullRequest => ({ name: 'org/clip', what: MODEL, endpoint: server.endpoint, token: null, folder, home: root, ...more }) // prettier-ignore

async function pull(
  more: Partial<PullRequest> = {},
  tools: Partial<PullTools> = {},
): Promise<PullOutcome & { seen: PullProgress[] }> {
  const seen: PullProgress[] = []
  const all: PullTools = { version: 'test', now: () => Date.parse('2026-11-27T08:00:00.500Z'), pause: () => Promise.resolve(), onProgress: (progress) => seen.push(progress), ...tools } // prettier-ignore
  const request = requestOf(more)
  return { ...(await runPull(request, await planPull(request, all), all)), seen }
}

const fetched = (): string[] =>
  server.asked.filter(({ path }) => path.includes('/resolve/')).map(({ path }) => path.split(COMMIT)[1] ?? '')

describe('a pull', () => {
  it('leaves a whole folder and a record of where it came from, and nothing beside it', async () => {
    const { record, seen } = await pull()
    expect(readdirSync(folder).sort()).toEqual(WANTED)
    expect(readdirSync(root)).toEqual(['clip'])
    expect(readFileSync(join(folder, 'onnx/vision_model.onnx')).equals(VISION)).toBe(true)
    expect(JSON.parse(readFileSync(join(folder, 'probity-pull.json'), 'utf8'))).toEqual(record)
    expect(record).toMatchObject({ schema: 'probity/pull@1', kind: 'model', endpoint: server.endpoint, id: 'org/clip', asked: 'main', revision: COMMIT, licence: 'mit', licenceReason: null, gated: false, pulledUtc: '2026-11-27T08:00:00Z' }) // prettier-ignore
    expect(record.files).toContainEqual(['onnx/text_model.onnx', sha256(TEXT), 3_000])
    expect(record.files).toContainEqual(['config.json', sha256('{}'), 2])
    const last = seen.at(-1)
    expect([last?.done, last?.found]).toEqual([last?.total, 0])
  })

  it('asks for every file by the commit, whatever the branch was', async () => {
    await pull()
    const paths = server.asked.filter(({ on }) => on === 'hub').map(({ path }) => path)
    expect(paths.filter((path) => path.includes('main'))).toEqual(['/api/models/org/clip/revision/main'])
  })

  it('of the same commit checks what is there, and fetches nothing', async () => {
    const first = await pull()
    server.calm()
    const second = await pull({}, { now: () => 0 })
    expect([second.fetched, fetched()]).toEqual([0, []])
    expect(second.record).toEqual(first.record)
  })

  it('fetches a file again that was damaged, and one that is missing', async () => {
    await pull()
    writeFileSync(join(folder, 'config.json'), '[]')
    rmSync(join(folder, 'onnx/text_model.onnx'))
    server.calm()
    expect((await pull()).fetched).toBe(2)
    expect(fetched().sort()).toEqual(['/config.json', '/onnx/text_model.onnx'])
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe('{}')
    expect(readdirSync(root)).toEqual(['clip'])
  })

  it('adds another precision to the same folder, and records both', async () => {
    await pull()
    server.calm()
    const { record } = await pull({ what: { ...MODEL, dtype: 'fp16', suffix: '_fp16' } })
    expect(fetched().sort()).toEqual(['/onnx/text_model_fp16.onnx', '/onnx/vision_model_fp16.onnx'])
    expect(record.files.map(([path]) => path).filter((path) => path.startsWith('onnx/'))).toHaveLength(4)
  })

  it('goes on in another run with the same part, and is then whole', async () => {
    const stopped = new Error('stopped')
    const seen: PullProgress[] = []
    server.trouble('/blob/', { cutAfter: 2_000, isTaken: () => seen.some(({ file }) => file.endsWith('.onnx')) })
    const onProgress = (progress: PullProgress): number => seen.push(progress)
    await expect(pull({}, { pause: () => Promise.reject(stopped), onProgress })).rejects.toBe(stopped)
    expect(existsSync(folder)).toBe(false)
    expect(readdirSync(root)).toEqual(['clip.part'])
    server.calm()
    const { seen: later } = await pull()
    expect(later[0]?.found).toBeGreaterThanOrEqual(2_000 + 2) // the broken file, and config.json
    expect(server.asked.some(({ headers }) => headers.range === 'bytes=2000-')).toBe(true)
    expect(fetched()).not.toContain('/config.json')
    expect(readdirSync(root)).toEqual(['clip'])
    expect(readFileSync(join(folder, 'onnx/vision_model.onnx')).equals(VISION)).toBe(true)
  })

  it('refuses a wrong checksum and leaves nothing behind', async () => {
    server.trouble('/blob/', { content: Buffer.alloc(VISION.length, 9) })
    await expect(pull()).rejects.toThrow(/with another checksum/)
    expect(readdirSync(root)).toEqual([])
  })

  it('leaves a folder as it was when a file that was to be added is wrong', async () => {
    await pull()
    const before = readFileSync(join(folder, 'probity-pull.json'), 'utf8')
    server.trouble('/blob/', { content: Buffer.alloc(2_000, 9) })
    await expect(pull({ what: { ...MODEL, dtype: 'fp16', suffix: '_fp16' } })).rejects.toThrow(/with another checksum/)
    expect(readdirSync(join(folder, 'onnx')).sort()).toEqual(['text_model.onnx', 'vision_model.onnx'])
    expect(readFileSync(join(folder, 'probity-pull.json'), 'utf8')).toBe(before)
    expect(readdirSync(root)).toEqual(['clip'])
  })

  it('takes an empty folder, and refuses one with files of somebody else', async () => {
    mkdirSync(folder)
    await pull()
    expect(readdirSync(folder).sort()).toEqual(WANTED)
    const other = join(root, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'mine.txt'), 'mine')
    await expect(pull({ folder: other })).rejects.toThrow('received a folder with other files. Name another with --to.')
    await expect(pull({ folder: join(other, 'mine.txt') })).rejects.toThrow('received a file')
  })

  it('keeps a folder at its commit: another one goes elsewhere', async () => {
    await pull()
    const record = join(folder, 'probity-pull.json')
    writeFileSync(record, readFileSync(record, 'utf8').replace(COMMIT, OTHER))
    await expect(pull()).rejects.toThrow(`received one that holds ${OTHER}. Keep that commit with org/clip@${OTHER}`)
    await expect(pull({ name: 'org/later' })).rejects.toThrow('received one that holds org/clip at')
    writeFileSync(record, '{"schema":"probity/pull@1"}')
    await expect(pull()).rejects.toThrow(/probity-pull\.json: kind: expected/)
  })

  it('puts a model where HF_HOME says when no folder is named, under its own name', async () => {
    const { folder: named } = await pull({ folder: undefined })
    expect(named).toBe(join(root, 'probity/models/org/clip'))
    const what = { kind: 'dataset', config: null, split: null, include: [] } as const
    const data = await pull({ folder: undefined, name: 'org/good', what })
    expect(data.folder).toBe(join(root, 'probity/datasets/org/good'))
    expect(readdirSync(data.folder).sort()).toEqual(['README.md', 'data', 'probity-pull.json'])
    expect([data.record.licence, data.record.licenceReason]).toEqual([null, 'not-stated'])
  })

  it('writes nothing outside its folder, whatever a repository calls its files', async () => {
    const what = { kind: 'dataset', config: null, split: null, include: [] } as const
    await expect(pull({ name: 'org/faces', what })).rejects.toThrow('received "data/../../x.parquet". Do not pull')
    await expect(pull({ name: 'org/faces', what: { ...what, include: ['**'] } })).rejects.toThrow('Do not pull')
    expect(fetched()).toEqual([])
    expect(readdirSync(root)).toEqual([])
  })

  it('leaves alone what somebody else calls <folder>.part, whatever becomes of the pull', async () => {
    const mine = join(root, 'clip.part')
    mkdirSync(mine)
    writeFileSync(join(mine, 'mine.txt'), 'mine')
    await expect(pull()).rejects.toThrow('clip.part: expected nothing, or what an unfinished pull left')
    expect([readdirSync(mine), fetched()]).toEqual([['mine.txt'], []])
    rmSync(join(mine, 'mine.txt'))
    await pull() // an empty one is as good as none
    expect(readdirSync(root)).toEqual(['clip'])
  })

  it.each(['', 'files', 'parts'])('removes nothing through a link at clip.part/%s', async (name) => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'probity-test-'))
    writeFileSync(join(elsewhere, 'probity-pull-part'), '')
    writeFileSync(join(elsewhere, 'precious.txt'), 'precious')
    if (name !== '') mkdirSync(join(root, 'clip.part'))
    if (name !== '') writeFileSync(join(root, 'clip.part', 'probity-pull-part'), '')
    symlinkSync(elsewhere, join(root, 'clip.part', name))
    await expect(pull()).rejects.toThrow('received a link')
    expect(readdirSync(elsewhere)).toContain('precious.txt')
  })

  it('says nothing of a token that no header can carry', async () => {
    const refused: unknown = await pull({ token: 'hf_secret\nhf_other' }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'hub.token' })
    expect(String(refused)).not.toMatch(/hf_/)
    expect(server.asked).toEqual([])
  })

  it('follows no link inside the folder', async () => {
    await pull()
    const elsewhere = join(root, 'elsewhere')
    mkdirSync(elsewhere)
    rmSync(join(folder, 'onnx'), { recursive: true })
    symlinkSync(elsewhere, join(folder, 'onnx'))
    await expect(pull()).rejects.toThrow(/clip\/onnx: expected a file or folder but received a link/)
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('says what it stopped with when the user stops it', async () => {
    const controller = new AbortController()
    const onProgress = ({ done }: PullProgress): void => {
      if (done > 100) controller.abort()
    }
    await expect(pull({}, { signal: controller.signal, onProgress })).rejects.toMatchObject({ name: 'PullInterrupted', kept: { staging: `${folder}.part` } }) // prettier-ignore
    expect(existsSync(folder)).toBe(false)
    await expect(pull({}, { signal: controller.signal })).rejects.toMatchObject({ name: 'PullInterrupted', kept: null })
    await pull()
    expect(readdirSync(root)).toEqual(['clip'])
  })

  it('asks nobody when the name, the endpoint or the choice is wrong', async () => {
    await expect(pull({ name: 'clip' })).rejects.toThrow('expected org/name')
    await expect(pull({ endpoint: 'http://huggingface.co' })).rejects.toThrow('HF_ENDPOINT')
    expect(server.asked).toEqual([])
  })
})
