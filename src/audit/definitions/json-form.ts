/** The first key that one object of a valid JSON text has twice, or null. JSON.parse keeps the last one silently, so that a row could
 *  carry two races and show one. */
export function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = [] // keys of each open object; null for an array
  let isKeyNext = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) {
      const end = endOfString(json, at)
      if (isKeyNext) {
        const raw = json.slice(at + 1, end)
        const key = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw // it is a JSON string literal
        const keys = open.at(-1)
        if (keys?.has(key) === true) return key
        keys?.add(key)
        isKeyNext = false
      }
      at = end
    } else if (code === OPEN_OBJECT) {
      open.push(new Set())
      isKeyNext = true
    } else if (code === OPEN_LIST) open.push(null)
    else if (code === CLOSE_OBJECT || code === CLOSE_LIST) open.pop()
    else if (code === COMMA) isKeyNext = open.at(-1) instanceof Set
  }
  return null
}

/** Nothing that probity reads as JSON goes deeper; walks over what was parsed may be recursive. */
export const DEEPEST_JSON = 64

/** What a text tells, JSON or not, before JSON.parse is asked, which fills the memory where brackets are opened without end. */
export type JsonLook = {
  /** It opens more than {@link DEEPEST_JSON} brackets into each other. */
  readonly isTooDeep: boolean
  /** How many keys its objects have, of valid JSON; a key that one object has twice counts twice. Only where it is not too deep. */
  readonly keys: number
}

/** Looks over a text once. */
export function lookOver(json: string): JsonLook {
  let [depth, keys] = [0, 0]
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) at = endOfString(json, at)
    else if (code === COLON) keys++
    else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (++depth > DEEPEST_JSON) return { isTooDeep: true, keys }
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) depth--
  }
  return { isTooDeep: false, keys }
}

/** How many keys the objects of a parsed text have: fewer than {@link lookOver} saw where an object had one twice, since JSON.parse keeps the last. */
export function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  let keys = Array.isArray(value) ? 0 : items.length
  for (const item of items) keys += keysOf(item)
  return keys
}

/** Whether a text, JSON or not, opens more than {@link DEEPEST_JSON} brackets into each other. Asked before JSON.parse, which would fill the memory. */
export function isNestedTooDeep(json: string): boolean {
  return lookOver(json).isTooDeep
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]

/** Index of the quote that closes the string which opens at `start`; the end of the text where none does. No regular expression: at a string that is never
 *  closed one would begin again at each quote in it. */
export function endOfString(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) return at
    if (code === BACKSLASH) at++
  }
  return json.length
}
