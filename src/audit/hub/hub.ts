import { DatasetError, ModelError } from '../errors.js'
import type { Fault, ProbityError } from '../errors.js'
import type { RepositoryKind } from '../types/pull.js'

/** A hub and how to speak to it. Waiting and time come in from outside, so that tests need neither. */
export type Hub = {
  readonly kind: RepositoryKind
  readonly endpoint: URL
  /** Sent to the endpoint and to nobody else. */
  readonly token: string | null
  readonly userAgent: string
  /** Resolves after so many milliseconds, rejects when the user asks to stop. */
  readonly pause: (ms: number) => Promise<void>
  /** Wall clock in milliseconds, for answers that say until when to wait. */
  readonly now: () => number
  readonly signal?: AbortSignal | undefined
}

/** A refusal in the class that fits what is pulled. */
export function hubError(
  { kind }: Pick<Hub, 'kind'>,
  code: string,
  fault: Fault,
  options?: { cause?: unknown },
): ProbityError {
  return kind === 'model' ? new ModelError(code, fault, options) : new DatasetError(code, fault, options)
}

/** `https://host/api/models/org/name/...`; the parts are escaped one by one. */
export function apiUrl(hub: Hub, id: string, ...rest: readonly string[]): URL {
  return urlBelow(hub.endpoint, ['api', `${hub.kind}s`, ...id.split('/'), ...rest])
}

/** The address of one file at one commit. */
export function fileUrl(hub: Hub, id: string, revision: string, path: string): URL {
  const room = hub.kind === 'model' ? [] : ['datasets']
  return urlBelow(hub.endpoint, [...room, ...id.split('/'), 'resolve', revision, ...path.split('/')])
}

/** The page of a repository, where its terms stand. */
export function pageUrl(hub: Pick<Hub, 'kind' | 'endpoint'>, id: string): string {
  const room = hub.kind === 'model' ? [] : ['datasets']
  return urlBelow(hub.endpoint, [...room, ...id.split('/')]).href
}

function urlBelow(endpoint: URL, parts: readonly string[]): URL {
  const url = new URL(endpoint)
  url.pathname = [endpoint.pathname.replace(/\/$/, ''), ...parts.map(encodeURIComponent)].join('/')
  return url
}
