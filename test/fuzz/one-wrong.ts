import fc from 'fast-check'

type Path = readonly (string | number)[]
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const DEEP = 3_000 // levels: more than a reader that calls itself has room for, where each takes several calls

/** What stands where something else is wanted. */
const HOSTILE: readonly fc.Arbitrary<Json>[] = [
  fc.constantFrom<Json>(null, true, false, 0, -1, 0.5, 1e308, 2 ** 31, 2 ** 53, -(2 ** 53), '', ' ', '0', 'null', [], {}, [[]], [null], '__proto__', 'constructor', '\0', '\u202e', '\u001b[31m', '\ud800', 'e\u0301', '../../etc/passwd', '=1+1', '{label}{label}', '$&', 'a'.repeat(5_000)), // prettier-ignore
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>, // fast-check's own type of the same
  fc.constant(null).map(() => nested(DEEP)),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
]

/** A value with one thing wrong: at one place, whatever it is, something else stands, or nothing, or something more. */
export function oneWrong(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value)
  return fc
    .tuple(
      fc.constantFrom(...paths),
      fc.oneof(...HOSTILE),
      fc.constantFrom('replace', 'replace', 'remove', 'add', 'double'),
    )
    .map(([path, hostile, how]) => changed(value, path, hostile, how))
}

/** The text of some values, each with one thing wrong, always the same ones; and of the values as they are. `write`: how they are written. */
export function jsonSeeds(
  values: readonly unknown[],
  count: number,
  write = (value: unknown) => JSON.stringify(value),
) {
  const wrong = values.flatMap((value, index) => fc.sample(oneWrong(value), { numRuns: count, seed: index + 1 }))
  return [...values, ...wrong].map((value) => new TextEncoder().encode(write(value)))
}

function nested(levels: number): Json {
  let value: Json = 1
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

const MOST_PATHS = 400 // of a large value those at its beginning, and then some

function pathsOf(value: unknown, path: Path = [], found: Path[] = []): Path[] {
  found.push(path)
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    if (found.length >= MOST_PATHS) break
    pathsOf(inner, [...path, Array.isArray(value) ? Number(key) : key], found)
  }
  return found
}

function changed(value: unknown, path: Path, hostile: Json, how: string): unknown {
  const [step, ...rest] = path
  if (step === undefined) {
    if (how === 'add' && Array.isArray(value)) return [...(value as unknown[]), hostile]
    if (how === 'add' && typeof value === 'object' && value !== null) return { ...value, extra: hostile }
    if (how === 'double') return [value, value]
    return hostile
  }
  if (Array.isArray(value)) {
    const items = value as unknown[]
    if (how === 'remove' && rest.length === 0) return items.filter((_, index) => index !== step)
    return items.map((item, index) => (index === step ? changed(item, rest, hostile, how) : item))
  }
  const entries = Object.entries(value as object)
  if (how === 'remove' && rest.length === 0) return Object.fromEntries(entries.filter(([key]) => key !== step))
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === step ? changed(inner, rest, hostile, how) : inner]),
  )
}
