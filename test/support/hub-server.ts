import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A repository as the hub holds it: one commit, and its files. */
export type HeldRepository = {
  readonly kind: 'model' | 'dataset'
  readonly id: string
  readonly files: Readonly<Record<string, Uint8Array | string>>
  readonly commit?: string
  readonly branch?: string
  readonly card?: object
  /** Files are given to this token alone. */
  readonly gatedFor?: string
  /** An id that it had before: requests for it are redirected. */
  readonly formerId?: string
}

/** What goes wrong with one request, instead of the answer. */
export type Trouble =
  | { readonly status: number; readonly headers?: Record<string, string> }
  /** The connection is closed after so many bytes of the body, once the client has taken them: what nobody has read is lost with it. */
  | { readonly cutAfter: number; readonly isTaken: () => boolean }
  /** Another content of the same length; it has the size and the marks of the right one. */
  | { readonly content: Uint8Array }
  /** The connection is closed before any answer. */
  | { readonly isClosed: true }
  | { readonly redirect: string }

export type Asked = { readonly on: 'hub' | 'files'; readonly path: string; readonly headers: IncomingHttpHeaders }

export type HubServer = {
  readonly endpoint: string
  /** Where large files lie: another host, as far as a client can tell. */
  readonly filesHost: string
  /** Every request, in order. */
  readonly asked: Asked[]
  /** What happens to the next requests whose path holds a text, one each. */
  readonly trouble: (path: string, ...troubles: readonly Trouble[]) => void
  /** Forgets what was asked, and what was to happen. */
  readonly calm: () => void
  /** The mark that the file host gives out for every file; change it, and no range is continued. */
  readonly mark: { value: string }
  readonly close: () => Promise<void>
}

const LARGE = 1_000 // bytes; larger files lie on the other host and are listed with their SHA-256
const LOOK_EVERY_MS = 5
const PAGE = 3 // files a page of a listing
export const COMMIT = '0123456789abcdef0123456789abcdef01234567'

/** A hub on this machine that behaves as huggingface.co does: API, listing in pages, redirects to another host, ranges, If-Range, refusals with their codes. */
export async function startHub(...repositories: readonly HeldRepository[]): Promise<HubServer> {
  const asked: Asked[] = []
  const troubles: { path: string; next: Trouble[] }[] = []
  const mark = { value: 'first' }
  const blobs = new Map(repositories.flatMap(({ files }) => Object.values(files).map((file) => [sha256(bytesOf(file)), bytesOf(file)]))) // prettier-ignore
  const serve = (on: Asked['on'], answer: (request: IncomingMessage, response: ServerResponse) => Given): Server =>
    createServer((request, response) => {
      const path = decodeURIComponent(request.url ?? '')
      asked.push({ on, path, headers: request.headers })
      const trouble = troubles.find((one) => path.includes(one.path) && one.next.length > 0)?.next.shift()
      give(request, response, answer(request, response), trouble)
    })
  const files = serve('files', (request) => blob(request, blobs, mark.value))
  const filesHost = await listen(files)
  const hub = serve('hub', (request) => answerOf(request, repositories, filesHost))
  const endpoint = await listen(hub)
  return {
    endpoint,
    filesHost,
    asked,
    trouble: (path, ...next) => void troubles.push({ path, next: [...next] }),
    calm: () => {
      asked.splice(0)
      troubles.splice(0)
      mark.value = 'first'
    },
    mark,
    close: async () => {
      for (const server of [hub, files]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
}

type Given = { readonly status: number; readonly headers: Record<string, string>; readonly body?: Uint8Array | string }

function answerOf(request: IncomingMessage, repositories: readonly HeldRepository[], filesHost: string): Given {
  const url = new URL(request.url ?? '/', 'http://hub')
  const parts = url.pathname.split('/').slice(1).map(decodeURIComponent)
  const isApi = parts[0] === 'api'
  const kind = (isApi ? parts[1] : parts[0]) === 'datasets' ? 'dataset' : 'model'
  const rest = parts.slice(isApi ? 2 : kind === 'dataset' ? 1 : 0)
  const id = rest.slice(0, 2).join('/')
  const [, , what, revision = '', ...path] = rest
  const token = request.headers.authorization?.replace('Bearer ', '')
  const former = repositories.find((one) => one.kind === kind && one.formerId === id)
  if (former !== undefined) return { status: 307, headers: { location: (request.url ?? '').replace(id, former.id) } }
  const held = repositories.find((one) => one.kind === kind && one.id === id)
  if (held === undefined) return refusal(token === undefined ? 401 : 404, 'RepoNotFound', 'Repository not found')
  const { commit = COMMIT, branch = 'main' } = held
  if (revision !== commit && revision !== branch) return refusal(404, 'RevisionNotFound', `Invalid rev id: ${revision}`)
  if (what === 'revision') return json(about(held))
  if (what === 'tree') return listing(held, url, request.headers.host ?? '')
  if (held.gatedFor !== undefined && token !== held.gatedFor) {
    return refusal(token === undefined ? 401 : 403, 'GatedRepo', `Access to ${kind} ${id} is restricted`)
  }
  return resolved(held, path.join('/'), filesHost)
}

function about({ id, kind, commit = COMMIT, files, card, gatedFor }: HeldRepository): object {
  const siblings = Object.keys(files).map((rfilename) => ({ rfilename }))
  return { id, [`${kind}Id`]: id, sha: commit, private: false, gated: gatedFor === undefined ? false : 'auto', cardData: card, siblings } // prettier-ignore
}

function listing({ files }: HeldRepository, url: URL, host: string): Given {
  const entries = Object.entries(files).map(([path, file]) => {
    const content = bytesOf(file)
    const lfs = { oid: sha256(content), size: content.length, pointerSize: 134 }
    return {
      type: 'file',
      path,
      size: content.length,
      oid: gitSha1(content),
      ...(content.length > LARGE ? { lfs } : {}),
    }
  })
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const page = [{ type: 'directory', path: 'onnx', oid: '0'.repeat(40), size: 0 }, ...entries.slice(from, from + PAGE)]
  url.searchParams.set('cursor', String(from + PAGE))
  const link = `<http://${host}${url.pathname}${url.search}>; rel="next"`
  return json(page, from + PAGE < entries.length ? { link } : {})
}

function resolved({ files, commit = COMMIT }: HeldRepository, path: string, filesHost: string): Given {
  const file = files[path]
  if (file === undefined) return refusal(404, 'EntryNotFound', 'Entry not found')
  const content = bytesOf(file)
  const headers = { 'x-repo-commit': commit, 'accept-ranges': 'bytes' }
  if (content.length <= LARGE) return { status: 200, headers: { ...headers, etag: `"${gitSha1(content)}"` }, body: content } // prettier-ignore
  const linked = { 'x-linked-size': String(content.length), 'x-linked-etag': `"${sha256(content)}"` }
  return {
    status: 302,
    headers: { ...headers, ...linked, location: `${filesHost}/blob/${sha256(content)}?signature=abc` },
  }
}

function blob(request: IncomingMessage, blobs: ReadonlyMap<string, Uint8Array>, mark: string): Given {
  const [, , hash = ''] = new URL(request.url ?? '/', 'http://files').pathname.split('/')
  const content = blobs.get(hash)
  if (content === undefined) return { status: 404, headers: {} }
  const headers = { etag: `"${mark}-${hash.slice(0, 8)}"`, 'accept-ranges': 'bytes' }
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  const condition = request.headers['if-range']
  if (range === null || (condition !== undefined && condition !== headers.etag)) return { status: 200, headers, body: content } // prettier-ignore
  const from = Number(range[1])
  if (from >= content.length) return { status: 416, headers: { 'content-range': `bytes */${content.length}` } }
  const contentRange = `bytes ${from}-${content.length - 1}/${content.length}`
  return { status: 206, headers: { ...headers, 'content-range': contentRange }, body: content.subarray(from) }
}

function give(request: IncomingMessage, response: ServerResponse, given: Given, trouble: Trouble | undefined): void {
  const body = bytesOf(given.body ?? '')
  const send = (status: number, headers: Record<string, string>, content: Uint8Array): void => {
    response.writeHead(status, { ...headers, 'content-length': String(content.length) })
    response.end(content)
  }
  if (trouble === undefined) return send(given.status, given.headers, body)
  if ('isClosed' in trouble) return void request.socket.destroy()
  if ('redirect' in trouble) return send(302, { location: trouble.redirect }, Buffer.alloc(0))
  if ('status' in trouble) return send(trouble.status, trouble.headers ?? {}, Buffer.alloc(0))
  if ('content' in trouble) return send(given.status, given.headers, trouble.content)
  response.writeHead(given.status, { ...given.headers, 'content-length': String(body.length) })
  response.write(body.subarray(0, trouble.cutAfter))
  const looking = setInterval(() => {
    if (!trouble.isTaken()) return
    clearInterval(looking)
    request.socket.destroy()
  }, LOOK_EVERY_MS)
}

function json(value: unknown, headers: Record<string, string> = {}): Given {
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

function refusal(status: number, code: string, message: string): Given {
  return { status, headers: { 'x-error-code': code, 'x-error-message': message }, body: JSON.stringify({ error: message }) } // prettier-ignore
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has one
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

/** As `git hash-object` prints it. */
export function gitSha1(content: Uint8Array): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}
