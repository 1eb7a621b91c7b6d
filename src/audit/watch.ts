import type { Tools } from './tools.js'

/** Gives the seconds since it was asked last. */
export type Watch = () => number

/** A watch that begins now. */
export function secondsSince({ stopwatch }: Pick<Tools, 'stopwatch'>): Watch {
  const watch = stopwatch()
  return () => {
    watch.lap('since')
    return watch.laps().at(-1)?.[1] ?? 0
  }
}
