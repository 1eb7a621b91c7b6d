import { quoted } from '../errors.js'
import type { Fault } from '../errors.js'
import { hubError, pageUrl } from './hub.js'
import type { Hub } from './hub.js'
import type { Answer } from './send.js'
import { Passing } from './try-again.js'

/** What was asked for, in words of the hub. */
export type Asked = { readonly url: URL; readonly id: string; readonly what: 'repository' | 'revision' | 'file' }

const PASSING: readonly number[] = [408, 500, 502, 503, 504]

/**
 * The error of an answer that is no success. A busy hub is a Passing failure with the time that it asks for; the rest says what to do:
 * a name that is wrong, a token that is missing, terms that were not accepted.
 */
export function refuseStatus(hub: Hub, asked: Asked, { status, headers }: Answer): Error {
  const waitMs = retryAfter(hub, headers)
  if (status === 429) return new Passing('status 429: too many requests', true, waitMs)
  if (PASSING.includes(status)) return new Passing(`status ${status}`, true, waitMs)
  const reason = headers.get('x-error-code')
  const at = asked.url.href
  const received = `status ${status}${spoken(headers)}`
  if (status === 401 || status === 403) return hubError(hub, 'hub.forbidden', forbidden(hub, asked, { at, received, reason, status })) // prettier-ignore
  if (status === 404) return hubError(hub, 'hub.not-found', { at, received, ...missing(hub, asked, reason) })
  const hint = 'Check HF_ENDPOINT: it must name a hub that speaks like huggingface.co.'
  return hubError(hub, 'hub.status', { at, expected: `a ${asked.what}`, received, hint })
}

function forbidden(
  hub: Hub,
  { id, what }: Asked,
  { at, received, reason, status }: { at: string; received: string; reason: string | null; status: number },
): Fault {
  const page = pageUrl(hub, id)
  const expected = `a ${what} that may be read`
  if (reason === 'GatedRepo') {
    const hint = `Its owner gives it out on terms: accept them on ${page}, then set HF_TOKEN to a token of that account.`
    return { at, expected, received, hint }
  }
  if (hub.token !== null) {
    const hint = `HF_TOKEN is set and was refused: check that it is valid, may read ${id}, and that its terms were accepted on ${page}.`
    return { at, expected, received, hint }
  }
  const maybe = status === 401 ? 'A hub answers so where nothing has this name, and where it is private or given out on terms' : 'It is private or given out on terms' // prettier-ignore
  return { at, expected, received, hint: `${maybe}: check the name, accept the terms on ${page}, and set HF_TOKEN.` }
}

function missing(hub: Hub, { id, what }: Asked, reason: string | null): Pick<Fault, 'expected' | 'hint'> {
  if (reason === 'RevisionNotFound')
    return {
      expected: 'a revision that is there',
      hint: `See the branches and commits on ${pageUrl(hub, id)}/tree/main.`,
    }
  if (reason === 'EntryNotFound' || what === 'file')
    return { expected: 'a file that is there', hint: `The list of ${id} names it, and the hub does not have it: tell its owner.` } // prettier-ignore
  const other = hub.kind === 'model' ? 'dataset pull' : 'model pull'
  const expected =
    reason === 'RepoNotFound' ? 'a repository that is there' : 'a repository and a revision that are there'
  return {
    expected,
    hint: `Check the name and the revision on ${pageUrl(hub, id)}; if it is no ${hub.kind}, use ${other}.`,
  }
}

/** What the hub says in words, where it does. */
function spoken(headers: Headers): string {
  const message = headers.get('x-error-message')
  return message === null || message === '' ? '' : `: ${quoted(message)}`
}

/** `Retry-After` in seconds or as a date, or `t=` of the header `RateLimit`; null when the hub names no time. */
function retryAfter(hub: Hub, headers: Headers): number | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const until = text === '' ? NaN : Date.parse(text)
  if (!Number.isNaN(until)) return Math.max(0, until - hub.now())
  const reset = /(?:^|;)\s*t=(\d{1,9})/.exec(headers.get('ratelimit') ?? '')
  return reset === null ? null : Number(reset[1]) * 1000
}
