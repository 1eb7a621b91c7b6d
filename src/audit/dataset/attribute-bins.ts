import type { Bins } from '../types/reading.js'

const NUMBER = /^-?\d+(\.\d+)?$/

/** The name of the band that a number is in; null for what is no number, and for one below the first band. */
export function binOf(text: string, { edges, names }: Bins): string | null {
  if (!NUMBER.test(text)) return null
  const index = edges.findLastIndex((edge) => Number(text) >= edge)
  return index < 0 ? null : names[index]
}
