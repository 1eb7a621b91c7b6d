import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listFiles } from '../../../src/audit/hub/list-files.js'
import { readRepository } from '../../../src/audit/hub/read-repository.js'
import { readRepositoryName } from '../../../src/audit/hub/read-repository-name.js'
import type { Hub } from '../../../src/audit/hub/hub.js'
import { COMMIT, gitSha1, sha256, startHub, type HubServer } from '../../support/hub-server.js'
import { testHub } from './test-hub.js'

const LARGE = Buffer.alloc(2_000, 'x')
const files = {
  'config.json': '{}',
  'onnx/a.onnx': LARGE,
  'b.txt': 'b',
  'c.txt': 'c',
  'd.txt': 'd',
  'e.txt': 'e',
  'f.txt': 'f',
}

let server: HubServer
beforeAll(async () => {
  const base = { kind: 'model', files } as const
  server = await startHub(
    { ...base, id: 'org/name', formerId: 'old/name', card: { license: 'apache-2.0' } },
    {
      ...base,
      id: 'org/other',
      card: { license: 'other', license_name: 'apple-ascl', license_link: 'https://x.test/l' },
    },
    { ...base, id: 'org/list', card: { license: ['mit', 'cc-by-4.0'] } },
    { ...base, id: 'org/hostile', card: { license: 'mit\u001b[31m\nand more' } },
    { ...base, id: 'org/unnamed', card: { license: 'other' } },
    { ...base, id: 'org/empty-list', card: { license: [7] } },
    { ...base, id: 'org/none', gatedFor: 'secret' },
    { kind: 'dataset', id: 'org/faces', files, card: { license: 'cc-by-4.0' } },
  )
})
afterAll(() => server.close())
beforeEach(() => server.calm())

const read = (name: string, more: Partial<Hub> = {}) => {
  const hub = testHub(server.endpoint, more)
  return { hub, repository: readRepository(hub, readRepositoryName(name)) }
}

describe('readRepository', () => {
  it('pins the commit, and lists every file of every page with its checksum', async () => {
    const repository = await read('org/name').repository
    expect(repository).toMatchObject({
      id: 'org/name',
      asked: 'main',
      revision: COMMIT,
      licence: 'apache-2.0',
      isGated: false,
    })
    expect(repository.files.map(({ path }) => path)).toEqual(Object.keys(files))
    expect(repository.files[0]?.checksum).toEqual({ kind: 'git-sha1', hex: gitSha1(Buffer.from('{}')) })
    expect(repository.files[1]).toEqual({
      path: 'onnx/a.onnx',
      bytes: 2_000,
      checksum: { kind: 'sha256', hex: sha256(LARGE) },
    })
    const [first, ...pages] = server.asked.map(({ path }) => path)
    expect(first).toBe('/api/models/org/name/revision/main')
    expect(pages).toHaveLength(3)
    expect(pages.every((path) => path.startsWith(`/api/models/org/name/tree/${COMMIT}?recursive=true`))).toBe(true)
  })

  it('asks for a dataset as a dataset', async () => {
    expect((await read('org/faces', { kind: 'dataset' }).repository).licence).toBe('cc-by-4.0')
    expect(server.asked[0]?.path).toBe('/api/datasets/org/faces/revision/main')
  })

  it.each([
    ['org/other', 'other: apple-ascl, https://x.test/l'],
    ['org/list', 'mit, cc-by-4.0'],
    ['org/hostile', 'mit [31m and more'],
    ['org/unnamed', 'other'],
    ['org/empty-list', null],
    ['org/none', null],
  ])('states the licence of %s as its card does, on one line', async (name, licence) => {
    expect((await read(name).repository).licence).toBe(licence)
  })

  it.each([
    [['clip', 'license:mit'], 'mit'],
    [['clip', 7], null],
    [['license:'], null],
    ['license:mit', null],
  ])('takes the licence from the tags %j where there is no card: %s', async (tags, licence) => {
    server.trouble('revision/main', { content: Buffer.from(JSON.stringify({ sha: COMMIT, tags })) })
    expect((await read('org/name').repository).licence).toBe(licence)
  })

  it('says that terms have to be accepted, and follows a repository to its new name', async () => {
    expect((await read('org/none').repository).isGated).toBe(true)
    expect((await read('old/name').repository).id).toBe('org/name')
  })

  it.each([
    ['org/absent', null, 'status 401: "Repository not found". A hub answers so where nothing has this name'],
    ['org/absent', 'token', 'expected a repository that is there but received status 404'],
    ['org/faces', 'token', 'if it is no model, use dataset pull'],
    ['org/name@v9', null, 'expected a revision that is there but received status 404: "Invalid rev id: v9"'],
  ])('refuses %s (token: %s) with what to do', async (name, token, message) => {
    await expect(read(name, { token }).repository).rejects.toThrow(message)
  })

  it('sends the token to the hub, and none where there is none', async () => {
    await read('org/name', { token: 'secret' }).repository
    expect(new Set(server.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer secret']))
    server.asked.splice(0)
    await read('org/name').repository
    expect(server.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true)
  })

  it('waits as long as a busy hub asks, in seconds, until a date, or as its header of limits says, and backs off without', async () => {
    const wait = { status: 429, headers: { 'retry-after': '7' } }
    const date = { status: 503, headers: { 'retry-after': 'Fri, 27 Nov 2026 00:00:30 GMT' } }
    const limit = { status: 429, headers: { ratelimit: '"api";r=0;t=12' } }
    server.trouble('revision/main', wait, date, limit, { status: 500 })
    const { hub, repository } = read('org/name')
    expect((await repository).revision).toBe(COMMIT)
    expect(hub.waited).toEqual([7_000, 30_000, 12_000, 8_000])
  })

  it('gives up after five tries, or at once where the hub asks for too much', async () => {
    server.trouble('revision/main', ...Array.from({ length: 5 }, () => ({ status: 502 })))
    const often = read('org/name')
    await expect(often.repository).rejects.toThrow('received status 502. Run it again later')
    expect(often.hub.waited).toEqual([1_000, 2_000, 4_000, 8_000])
    server.trouble('revision/main', { status: 429, headers: { 'retry-after': '3600' } })
    await expect(read('org/name').repository).rejects.toThrow('Run it again after 3600 seconds')
  })

  it('refuses a listing whose pages are too large together', async () => {
    const hub = testHub(server.endpoint)
    const whole = await listFiles(hub, 'org/name', COMMIT)
    expect(whole.length).toBeGreaterThan(3) // several pages, each of far less than this
    await expect(listFiles(hub, 'org/name', COMMIT, 1_000)).rejects.toMatchObject({ code: 'hub.answer' })
  })

  it('tries a connection again that broke, and a listing that was cut', async () => {
    server.trouble('revision/main', { isClosed: true })
    server.trouble('/tree/', { cutAfter: 50, isTaken: () => true })
    const { hub, repository } = read('org/name')
    expect((await repository).files).toHaveLength(7)
    expect(hub.waited).toEqual([1_000, 1_000])
  })

  it('refuses at once where nobody listens', async () => {
    const gone = await startHub()
    await gone.close()
    const hub = testHub(gone.endpoint)
    await expect(readRepository(hub, readRepositoryName('org/name'))).rejects.toThrow(
      'expected an answer but received ECONNREFUSED',
    )
    expect(hub.waited).toEqual([])
  })

  it.each([
    ['to an address without encryption', 'http://files.example.org/x', 'a redirect to http://files.example.org'],
    ['to a file', 'file:///etc/passwd', 'a redirect to file://'],
    ['to an address that is none', 'https://[', 'a redirect to nowhere'],
    ['in which a password stands', 'https://ada:secret@files.example.org/x', 'a redirect with a password in it'],
    ['in a circle', '/api/models/org/name/revision/main', 'more than 5 redirects'],
  ])('follows no redirect %s', async (_, redirect, received) => {
    server.trouble('revision/main', ...Array.from({ length: 6 }, () => ({ redirect })))
    await expect(read('org/name').repository).rejects.toThrow(received)
  })

  it('follows no redirect that does not say where to', async () => {
    server.trouble('revision/main', { status: 302 })
    await expect(read('org/name').repository).rejects.toThrow(
      'expected a file, or a redirect to an https address but received a redirect to nowhere. Do not use this endpoint',
    )
  })

  it('refuses at once a certificate that nobody vouches for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'probity-certificate-'))
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name))
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', '/CN=127.0.0.1'], { stdio: 'ignore' }) // prettier-ignore
    const own = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('{}'))
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve))
    try {
      const hub = testHub(`https://127.0.0.1:${(own.address() as AddressInfo).port}`)
      await expect(readRepository(hub, readRepositoryName('org/name'))).rejects.toThrow(
        /expected a certificate that can be checked but received DEPTH_ZERO_SELF_SIGNED_CERT\. Check HF_ENDPOINT; for a hub with a certificate of your own, name its authority in NODE_EXTRA_CA_CERTS/,
      )
      expect(hub.waited).toEqual([])
    } finally {
      own.close()
      rmSync(folder, { recursive: true })
    }
  })

  it('refuses what is no hub', async () => {
    server.trouble(
      'revision/main',
      { content: Buffer.from('<html>') },
      { content: Buffer.from('{"id":"org/name"}') },
      { status: 418 },
    )
    await expect(read('org/name').repository).rejects.toThrow('text that is not JSON. Check HF_ENDPOINT')
    await expect(read('org/name').repository).rejects.toThrow('an answer without the commit')
    await expect(read('org/name').repository).rejects.toThrow('status 418')
    server.trouble(
      '/tree/',
      { content: Buffer.from('{}') },
      { content: Buffer.from('[{"type":"file","path":"a","size":1}]') },
    )
    await expect(read('org/name').repository).rejects.toThrow('an answer that is no list of files')
    await expect(read('org/name').repository).rejects.toThrow('a file without a checksum')
  })
})
