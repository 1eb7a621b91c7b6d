import type { Path } from '../../src/audit/definitions/yaml-place.js'

/** One place in a JSON text where a value stands, and other text to put there. */
export type HandEdit = { readonly path: Path; readonly from: number; readonly to: number; readonly text: string }

type Token = { readonly path: Path; readonly from: number; readonly to: number }

/** Every number, string, `true`, `false` and `null` of a JSON text, keys left out. */
function leavesOf(json: string): Token[] {
  const leaves: Token[] = []
  const open: { readonly path: Path; key: string | number | null }[] = []
  let isKeyNext = false
  for (const match of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|[-\w.+]+/g)) {
    const [token] = match
    const inner = open.at(-1)
    if (token === '}' || token === ']') open.pop()
    else if (token === ',') {
      if (typeof inner?.key === 'number') inner.key++
      isKeyNext = inner?.key === null || typeof inner?.key === 'string'
    } else if (isKeyNext && inner !== undefined && token.startsWith('"')) {
      inner.key = JSON.parse(token) as string // a JSON string literal
      isKeyNext = false
    } else {
      const path = inner === undefined ? [] : [...inner.path, inner.key ?? 0]
      if (token === '{') open.push({ path, key: null })
      else if (token === '[') open.push({ path, key: 0 })
      else leaves.push({ path, from: match.index, to: match.index + token.length })
      isKeyNext = token === '{'
    }
  }
  return leaves
}

/** Each number of a JSON text changed in its last digit, or to another number of digits; numbers inside strings are strings. */
export function numberEdits(json: string): HandEdit[] {
  return leavesOf(json)
    .map((leaf) => ({ ...leaf, old: json.slice(leaf.from, leaf.to) }))
    .filter(({ old }) => /^-?\d/.test(old))
    .map(({ old, ...leaf }) => ({ ...leaf, text: changedDigit(old) }))
}

/** Every other value: a letter of a string, `true` for `false`, 0 for `null`. */
export function otherEdits(json: string): HandEdit[] {
  return leavesOf(json)
    .map((leaf) => ({ ...leaf, old: json.slice(leaf.from, leaf.to) }))
    .filter(({ old }) => !/^-?\d/.test(old))
    .map(({ old, ...leaf }) => ({ ...leaf, text: otherValue(old) }))
}

export function edited(json: string, { from, to, text }: HandEdit): string {
  return json.slice(0, from) + text + json.slice(to)
}

/** The last digit before an exponent, one higher or 9 to 8: the smallest change that can be written. */
function changedDigit(number: string): string {
  const at = /\d(?=[eE]|$)/.exec(number)?.index ?? number.length - 1
  const digit = number[at] === '9' ? '8' : String(Number(number[at]) + 1)
  return number.slice(0, at) + digit + number.slice(at + 1)
}

function otherValue(literal: string): string {
  if (literal === 'true') return 'false'
  if (literal === 'false') return 'true'
  if (literal === 'null') return '0'
  const text = JSON.parse(literal) as string // a JSON string literal
  const letter = text.startsWith('x') ? 'y' : 'x'
  return JSON.stringify(letter + text.slice(1))
}
