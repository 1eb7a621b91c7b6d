import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LocaleContents } from './locale-contents.js'
import { textsHash } from './texts-hash.js'

type PreparedLocale = {
  readonly sha256: string
  readonly texts: readonly (readonly [string, readonly string[]])[]
  readonly lists: readonly (readonly [string, readonly Readonly<Record<string, string>>[]])[]
}

/** Where the build puts what it read of a language: beside this module in `dist/`. */
export function preparedLocaleFile(id: string): string {
  return fileURLToPath(new URL(`prepared/locale-${id}.json`, import.meta.url))
}

/** The text of that file. */
export function preparedLocaleText({ texts, lists }: LocaleContents, sources: readonly string[]): string {
  const prepared: PreparedLocale = { sha256: textsHash(sources), texts: [...texts], lists: [...lists] }
  return `${JSON.stringify(prepared)}\n`
}

/** What a language holds, as the build read it from these very texts; null where it did not, and they are to be parsed: a quarter of a second. */
export function preparedLocale(sources: readonly string[], file: string): LocaleContents | null {
  try {
    const { sha256, texts, lists } = JSON.parse(readFileSync(file, 'utf8')) as PreparedLocale // written by the build
    return sha256 === textsHash(sources) ? { texts: new Map(texts), lists: new Map(lists) } : null
  } catch {
    return null // not built, or cut while it was: nothing is lost with it
  }
}
