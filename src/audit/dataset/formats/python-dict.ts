/** A number, a text or null of a Python dict literal; what is a list or a dict in it must be empty, and counts as null. */
export type PythonValue = number | string | null

const TOKEN = /\s*(?:(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'([^'\\]*)'|"([^"\\]*)"|(None|True|False|\{\s*\}|\[\s*\]))\s*/y

/** Reads a flat Python dict literal such as `{'x': 10, 'y': 20.5}` by a fixed grammar; null for anything else. Nothing is evaluated. */
export function readPythonDict(text: string): ReadonlyMap<string, PythonValue> | null {
  const inner = /^\s*\{([^]*)\}\s*$/.exec(text)?.[1]
  if (inner === undefined) return null
  const entries = new Map<string, PythonValue>()
  let at = 0
  while (at < inner.length) {
    const key = tokenAt(inner, at)
    if (typeof key?.value !== 'string' || inner[key.end] !== ':' || entries.has(key.value)) return null
    const value = tokenAt(inner, key.end + 1)
    if (value === null) return null
    entries.set(key.value, value.value)
    if (value.end < inner.length && inner[value.end] !== ',') return null
    at = value.end + 1
  }
  return entries
}

function tokenAt(text: string, at: number): { readonly value: PythonValue; readonly end: number } | null {
  TOKEN.lastIndex = at
  const found = TOKEN.exec(text)
  if (found === null) return null
  const [, number, single, double] = found
  return { value: number === undefined ? (single ?? double ?? null) : Number(number), end: TOKEN.lastIndex }
}
