import { hubError } from './hub.js'
import type { Hub } from './hub.js'
import { isTrusted } from './read-endpoint.js'
import { stallTimer } from './stall-timer.js'
import { Passing } from './try-again.js'

/** What came back, redirects followed. The body is read piece by piece, or given up with `drop`. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** The commit that the hub itself names, before any redirect to where files lie. */
  readonly commit: string | null
  readonly pieces: () => AsyncGenerator<Uint8Array>
  readonly drop: () => Promise<void>
}

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]
const MOST_REDIRECTS = 5

/**
 * One GET. Redirects are followed by hand, so that the token goes to the endpoint alone and nothing is fetched without encryption from
 * elsewhere. Rejects with Passing when the connection fails, with ModelError or DatasetError (`hub.redirect`, `hub.certificate`) when
 * an address cannot be trusted.
 */
export async function send(hub: Hub, url: URL, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const stall = stallTimer(hub.signal)
  let at = url
  let commit: string | null = null
  let isWithToken = hub.token !== null
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    isWithToken &&= at.origin === hub.endpoint.origin // once away, never again
    const response = await get(hub, at, { ...headers, ...(isWithToken ? bearer(hub) : {}) }, stall.signal)
    stall.restart()
    commit ??= response.headers.get('x-repo-commit')
    if (!REDIRECTS.includes(response.status)) return answerOf(hub, response, commit, stall)
    await response.body?.cancel()
    at = redirectTarget(hub, at, response.headers.get('location'))
  }
  stall.stop()
  throw redirectFault(hub, url, `more than ${MOST_REDIRECTS} redirects`)
}

async function get(hub: Hub, url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    const fixed = { 'user-agent': hub.userAgent, 'accept-encoding': 'identity' } // a compressed range is a range of something else
    return await fetch(url, { headers: { ...fixed, ...headers }, redirect: 'manual', signal })
  } catch (error) {
    throw connectionFault(hub, url, error)
  }
}

function bearer({ token }: Hub): Record<string, string> {
  return { authorization: `Bearer ${token ?? ''}` }
}

function answerOf(hub: Hub, response: Response, commit: string | null, stall: ReturnType<typeof stallTimer>): Answer {
  const { status, headers, body } = response
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of body ?? []) {
        yield piece as Uint8Array // fetch gives bytes and nothing else
        stall.restart()
      }
    } catch (error) {
      hub.signal?.throwIfAborted()
      throw new Passing('a body that broke off', false, null, { cause: error })
    } finally {
      stall.stop()
    }
  }
  const drop = async (): Promise<void> => {
    stall.stop()
    await body?.cancel().catch(() => undefined) // it is of no use any more, whatever became of it
  }
  return { status, headers, commit, pieces, drop }
}

function redirectTarget(hub: Hub, from: URL, location: string | null): URL {
  const url = location === null ? null : URL.canParse(location, from.href) ? new URL(location, from) : null
  if (url === null) throw redirectFault(hub, from, 'a redirect to nowhere')
  if (!isTrusted(url, hub.endpoint)) throw redirectFault(hub, from, `a redirect to ${url.protocol}//${url.host}`)
  if (url.username !== '' || url.password !== '') throw redirectFault(hub, from, 'a redirect with a password in it')
  return url
}

function redirectFault(hub: Hub, url: URL, received: string): Error {
  const hint = 'Do not use this endpoint unless you know why it does so.'
  return hubError(hub, 'hub.redirect', { at: url.href, expected: 'a file, or a redirect to an https address', received, hint }) // prettier-ignore
}

/** Which failures are worth another try: not a name that does not exist, not a certificate that does not fit. */
function connectionFault(hub: Hub, url: URL, error: unknown): Error {
  hub.signal?.throwIfAborted()
  const code = codeOf(error)
  const at = url.origin
  if (/CERT|SIGNED|ISSUER|ALTNAME|ERR_TLS|ERR_SSL/.test(code)) {
    const hint =
      'Check HF_ENDPOINT; for a hub with a certificate of your own, name its authority in NODE_EXTRA_CA_CERTS.'
    return hubError(hub, 'hub.certificate', { at, expected: 'a certificate that can be checked', received: code, hint }, { cause: error }) // prettier-ignore
  }
  if (['ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'].includes(code)) {
    const hint = 'Check the connection, HF_ENDPOINT, and that this machine may reach it, then run it again.'
    return hubError(hub, 'hub.unreachable', { at, expected: 'an answer', received: code, hint }, { cause: error })
  }
  if (code === '') {
    // the message is not passed on, nor the error with it: of a request that cannot be written it quotes the headers, and so the token
    const hint = 'Check HF_ENDPOINT and HF_TOKEN, then run it again.'
    return hubError(hub, 'hub.unreachable', { at, expected: 'an answer', received: 'a request that could not be made', hint }) // prettier-ignore
  }
  return new Passing(`a broken connection (${code})`, false, null, { cause: error })
}

/** The code of a system error or of the connection, or ''. */
function codeOf(error: unknown): string {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    if (inner.name === 'Stalled') return 'nothing came for a minute'
    if ('code' in inner && typeof inner.code === 'string') return inner.code
  }
  return ''
}
