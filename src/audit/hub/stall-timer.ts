const LONGEST_SILENCE_MS = 60_000

/** A connection on which nothing comes for a minute. */
class Stalled extends Error {
  override readonly name = 'Stalled'
}

/** A signal that fires when the user asks to stop, or when nothing has come for a minute since the last restart. */
export function stallTimer(outer: AbortSignal | undefined): {
  readonly signal: AbortSignal
  readonly restart: () => void
  readonly stop: () => void
} {
  const controller = new AbortController()
  const give = (): void => controller.abort(new Stalled())
  const stopWithUser = (): void => controller.abort(outer?.reason)
  outer?.addEventListener('abort', stopWithUser, { once: true })
  if (outer?.aborted === true) stopWithUser()
  let timer = setTimeout(give, LONGEST_SILENCE_MS)
  const stop = (): void => {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stopWithUser)
  }
  const restart = (): void => {
    clearTimeout(timer)
    timer = setTimeout(give, LONGEST_SILENCE_MS)
  }
  return { signal: controller.signal, restart, stop }
}
