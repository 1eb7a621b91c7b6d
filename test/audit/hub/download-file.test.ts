import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { downloadFile } from '../../../src/audit/hub/download-file.js'
import type { Hub } from '../../../src/audit/hub/hub.js'
import { readRepository } from '../../../src/audit/hub/read-repository.js'
import { startHub, type HubServer, type Trouble } from '../../support/hub-server.js'
import { testHub, type TestHub } from './test-hub.js'

const LARGE = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
const SMALL = Buffer.from('{"model_type":"clip"}')
const files = { 'config.json': SMALL, 'onnx/a b.onnx': LARGE, 'empty.txt': '' }

let server: HubServer
beforeAll(async () => {
  server = await startHub(
    { kind: 'model', id: 'org/name', files },
    { kind: 'model', id: 'org/gated', files, gatedFor: 'secret' },
  )
})
afterAll(() => server.close())
beforeEach(() => server.calm())

type Started = { hub: TestHub; parts: string; seen: number[]; again: () => Promise<string>; contents: () => Buffer }

async function start(path: keyof typeof files, more: Partial<Hub> = {}, name = 'org/name'): Promise<Started> {
  const hub = testHub(server.endpoint, more)
  const repository = await readRepository(hub, { id: name, revision: 'main' })
  const file = repository.files.find((one) => one.path === path)
  if (file === undefined) throw new Error(`${path} is not listed`)
  const parts = mkdtempSync(join(tmpdir(), 'probity-test-'))
  const seen: number[] = []
  const again = async () =>
    (await downloadFile(hub, { repository, file, parts, onBytes: (bytes) => seen.push(bytes) })).part
  server.asked.splice(0)
  return { hub, parts, seen, again, contents: () => readFileSync(join(parts, `${file.checksum.hex}.part`)) }
}

/** A connection that breaks after so many bytes, when `seen` says that they (or `all` of the file) are on the disk. */
const cut = (bytes: number, seen: readonly number[], all = bytes): Trouble => ({ cutAfter: bytes, isTaken: () => seen.at(-1) === all }) // prettier-ignore

const ranges = (): (string | undefined)[] =>
  server.asked.filter(({ on }) => on === 'files').map(({ headers }) => headers.range)

describe('downloadFile', () => {
  it('fetches a small file from the hub and a large one from where it is sent', async () => {
    const small = await start('config.json')
    expect(readFileSync(await small.again()).equals(SMALL)).toBe(true)
    const large = await start('onnx/a b.onnx')
    expect(readFileSync(await large.again()).equals(LARGE)).toBe(true)
    expect(server.asked.map(({ on }) => on)).toEqual(['hub', 'files'])
    expect(server.asked[0]?.path).toMatch(/^\/org\/name\/resolve\/[0-9a-f]{40}\/onnx\/a b\.onnx$/)
    expect(large.seen.at(-1)).toBe(LARGE.length)
    await expect((await start('empty.txt')).again()).resolves.toBeTruthy()
  })

  it('sends the token to the hub and not to the host of the files', async () => {
    const { again } = await start('onnx/a b.onnx', { token: 'secret' })
    await again()
    expect(server.asked.map(({ on, headers }) => [on, headers.authorization])).toEqual([['hub', 'Bearer secret'], ['files', undefined]]) // prettier-ignore
    expect(server.asked.every(({ headers }) => headers['accept-encoding'] === 'identity')).toBe(true)
  })

  it('goes on by range where a body broke off, on condition that the file is the same', async () => {
    const { again, hub, seen } = await start('onnx/a b.onnx')
    server.trouble('/blob/', cut(40_000, seen), cut(20_000, seen, 60_000))
    expect(readFileSync(await again()).equals(LARGE)).toBe(true)
    const asked = server.asked.filter(({ on }) => on === 'files')
    expect(asked).toHaveLength(3)
    const from = asked.map(({ headers }) => Number(/bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0))
    expect(from).toEqual([0, 40_000, 60_000])
    expect(asked[1]?.headers['if-range']).toMatch(/^"first-/)
    expect(hub.waited).toEqual([1_000, 1_000]) // bytes came in between, so the wait does not grow
  })

  it('gives up where every body is cut and none can be continued', async () => {
    let mark = 0
    const pause = (): Promise<void> => Promise.resolve(void (server.mark.value = `other-${mark++}`))
    const { again, seen } = await start('onnx/a b.onnx', { pause })
    server.trouble('/blob/', ...Array.from({ length: 12 }, () => cut(40_000, seen)))
    await expect(again()).rejects.toMatchObject({ code: 'hub.unreachable' })
    expect(ranges()).toHaveLength(5)
  })

  it('tells no token when a request cannot be made, and does not try again', async () => {
    const { again, hub } = await start('config.json')
    Object.assign(hub, { token: 'hf_secret\nhf_other' })
    const refused: unknown = await again().catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'hub.unreachable' })
    expect((refused as Error).cause).toBeUndefined()
    expect(String(refused)).not.toMatch(/hf_/)
    expect(hub.waited).toEqual([])
  })

  it('goes on in another run from what was kept', async () => {
    const stopped = new Error('stopped')
    const { again, contents, seen } = await start('onnx/a b.onnx', { pause: () => Promise.reject(stopped) })
    server.trouble('/blob/', cut(40_000, seen))
    await expect(again()).rejects.toBe(stopped)
    const kept = contents().length
    expect(kept).toBe(40_000)
    expect(contents().equals(LARGE.subarray(0, kept))).toBe(true)
    expect(readFileSync(await again()).equals(LARGE)).toBe(true)
    expect(ranges()).toEqual([undefined, `bytes=${kept}-`])
  })

  it('starts over where the file has another mark than before', async () => {
    const { again, seen } = await start('onnx/a b.onnx', {
      pause: () => Promise.resolve(void (server.mark.value = 'second')),
    })
    server.trouble('/blob/', cut(40_000, seen))
    expect(readFileSync(await again()).equals(LARGE)).toBe(true)
    expect(server.asked.at(-1)?.headers['if-range']).toMatch(/^"first-/)
    expect(server.asked.at(-1)?.headers.range).toBe('bytes=40000-') // and was given the whole
  })

  it('starts over without a mark, with a range that was not asked for, and where the range is refused', async () => {
    const without = await start('onnx/a b.onnx')
    writeFileSync(await without.again(), LARGE.subarray(0, 500))
    for (const name of readdirSync(without.parts)) if (name.endsWith('.etag')) rmSync(join(without.parts, name))
    server.asked.splice(0)
    expect(readFileSync(await without.again()).equals(LARGE)).toBe(true)
    expect(ranges()).toEqual([undefined])
    for (const trouble of [{ status: 416 }, { status: 206, headers: { 'content-range': 'bytes 7-99999/100000' } }]) {
      server.calm()
      const { again, hub, seen } = await start('onnx/a b.onnx')
      server.trouble('/blob/', cut(40_000, seen), trouble)
      expect(readFileSync(await again()).equals(LARGE)).toBe(true)
      expect(hub.waited).toEqual([1_000, 0])
    }
  })

  it('fetches nothing that is whole already', async () => {
    const { again } = await start('onnx/a b.onnx')
    await again()
    server.asked.splice(0)
    expect(readFileSync(await again()).equals(LARGE)).toBe(true)
    expect(server.asked).toEqual([])
  })

  it.each([
    ['of a large file', 'onnx/a b.onnx', '/blob/', Buffer.alloc(LARGE.length, 7)],
    ['of a small file', 'config.json', '/resolve/', Buffer.alloc(SMALL.length, 7)],
    ['that is longer than listed', 'config.json', '/resolve/', Buffer.concat([SMALL, SMALL])],
  ] as const)(
    'refuses a content %s with another checksum, and keeps nothing of it',
    async (_, path, where, content) => {
      server.trouble(where, { content })
      const { again, parts } = await start(path)
      await expect(again()).rejects.toThrow(/with another checksum\. Nothing was kept\./)
      expect(readdirSync(parts)).toEqual([])
    },
  )

  it('refuses the file of another commit', async () => {
    server.trouble('/resolve/', { status: 200, headers: { 'x-repo-commit': 'f'.repeat(40) } })
    await expect((await start('config.json')).again()).rejects.toThrow(`received that of ${'f'.repeat(40)}`)
  })

  it.each([
    ['without a token', null, 'accept them on http://127.0.0.1:'],
    ['with another token', 'other', 'status 403: "Access to model org/gated is restricted"'],
  ])('says %s what to do for a model on terms', async (_, token, message) => {
    const { again } = await start('config.json', { token }, 'org/gated')
    await expect(again()).rejects.toThrow(message)
    await expect((await start('config.json', { token: 'secret' }, 'org/gated')).again()).resolves.toBeTruthy()
  })

  it('says that a file is not there which is listed', async () => {
    server.trouble('/resolve/', { status: 404, headers: { 'x-error-code': 'EntryNotFound' } })
    await expect((await start('config.json')).again()).rejects.toThrow('expected a file that is there')
  })

  it('writes through no link', async () => {
    const { again, parts } = await start('onnx/a b.onnx')
    const [name = ''] = await again().then(() => readdirSync(parts))
    const other = join(mkdtempSync(join(tmpdir(), 'probity-test-')), 'precious.txt')
    writeFileSync(other, 'precious')
    const linked = await start('onnx/a b.onnx')
    symlinkSync(other, join(linked.parts, name))
    expect(readFileSync(await linked.again()).equals(LARGE)).toBe(true)
    expect(readFileSync(other, 'utf8')).toBe('precious')
  })

  it('stops when it is asked to, and keeps what came', async () => {
    const controller = new AbortController()
    const { again, contents, seen } = await start('onnx/a b.onnx', { signal: controller.signal })
    server.trouble('/blob/', { cutAfter: 40_000, isTaken: () => false }) // and then nothing comes
    const stopping = setInterval(() => seen.at(-1) === 40_000 && controller.abort(new Error('enough')), 5)
    await expect(again()).rejects.toThrow('enough')
    clearInterval(stopping)
    expect(contents().equals(LARGE.subarray(0, 40_000))).toBe(true)
  })
})
