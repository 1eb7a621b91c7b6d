/** The result of work, or the signal's reason (an AbortError) as soon as it fires, whatever is being waited for. The work itself goes on. */
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
    done.abort() // who waits many times on one signal would leave a listener behind each time
  }
}

/** Rejects with the signal's reason when it fires, unless `done` fires before. */
export function aborted(signal: AbortSignal, done: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason as Error) // a DOMException
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true, signal: done })
  })
}
