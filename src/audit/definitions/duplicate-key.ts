/** The first key that one object of a valid JSON text has twice, or null. JSON.parse keeps the last one silently, so that a row could
 *  carry two races and show one. */
export function duplicateKey(json: string): string | null {
  const open: (Set<string> | null)[] = [] // keys of each open object; null for an array
  let isKeyNext = false
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    else if (token === '}' || token === ']') open.pop()
    else if (token !== ',' && isKeyNext) {
      const key = JSON.parse(token) as string // a JSON string literal
      const keys = open.at(-1)
      if (keys?.has(key) === true) return key
      keys?.add(key)
    }
    isKeyNext = token === '{' || (token === ',' && open.at(-1) instanceof Set)
  }
  return null
}
