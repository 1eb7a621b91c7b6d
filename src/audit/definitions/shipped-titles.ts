import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { shippedFile, shippedIds, type ShippedKind } from './locate.js'
import type { ShippedDefinition } from './shipped.js'

/** What `listShipped` gives, read off the one line that says it: reading every file whole and checking it takes half a second, and tests hold
 *  what is shipped. */
export function shippedTitles(kind: ShippedKind): readonly ShippedDefinition[] {
  const key = kind === 'probes' ? 'question' : 'title'
  return shippedIds(kind).map((id) => {
    const { file } = shippedFile(kind, id)
    return { id, file, title: textAt(file, key) }
  })
}

/** The text at a key of the outermost mapping, which may go on in lines that are indented. */
function textAt(file: string, key: string): string {
  const [lines] = new RegExp(`^${key}:.*(\\n[ \\t].*)*`, 'm').exec(readFileSync(file, 'utf8')) ?? []
  const read = lines === undefined ? null : (parse(lines) as Record<string, unknown>) // one line of our own
  const text = read?.[key]
  if (typeof text !== 'string') throw new Error(`${file} has no ${key}`)
  return text
}
