import { setTimeout } from 'node:timers/promises'

/** For the last words to a server that may be gone. */
export const PARTING_MS = 5_000

/** The result of work, or an AbortError as soon as the signal fires: a command to a server that is gone waits for it. */
export async function unlessAborted<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  if (signal === undefined) return work()
  signal.throwIfAborted()
  const done = new AbortController()
  try {
    return await Promise.race([work(), aborted(signal, done.signal)])
  } finally {
    done.abort()
  }
}

/** Rejects with an AbortError when the signal fires, unless `done` fires before. */
export function aborted(signal: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error) // a DOMException
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true, signal: done })
  })
}

/** Waits for work no longer than this, whatever comes of it. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = new AbortController()
  const alarm = setTimeout(ms, undefined, { signal: late.signal }).catch(() => undefined)
  await Promise.race([work.catch(() => undefined), alarm])
  late.abort()
}

/** Closes one after the other, and cuts the connections whether that succeeded or not. */
export async function cut(
  closing: readonly { readonly close: () => Promise<unknown> }[],
  connections: readonly { readonly disconnect: () => void }[],
): Promise<void> {
  for (const each of closing) await within(PARTING_MS, each.close())
  for (const each of connections) each.disconnect()
}
