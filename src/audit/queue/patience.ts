import { setTimeout } from 'node:timers/promises'

/** For the last words to a server that may be gone. */
export const PARTING_MS = 5_000

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
