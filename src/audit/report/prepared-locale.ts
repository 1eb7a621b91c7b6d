import type { LocaleContents } from './locale-contents.js'
import { prepared, preparedFile, preparedText } from './prepared.js'

type PreparedLocale = {
  readonly texts: readonly (readonly [string, readonly string[]])[]
  readonly lists: readonly (readonly [string, readonly Readonly<Record<string, string>>[]])[]
}

/** Where the build puts what it read of a language. */
export function preparedLocaleFile(id: string): string {
  return preparedFile(`locale-${id}`)
}

/** The text of that file. */
export function preparedLocaleText({ texts, lists }: LocaleContents, sources: readonly string[]): string {
  return preparedText({ texts: [...texts], lists: [...lists] } satisfies PreparedLocale, sources)
}

/** What a language holds, as the build read it from these very texts; null where it did not, and they are to be parsed: a quarter of a second. */
export function preparedLocale(sources: readonly string[], file: string): LocaleContents | null {
  const made = prepared(sources, file) as PreparedLocale | null // of the text above
  return made === null ? null : { texts: new Map(made.texts), lists: new Map(made.lists) }
}
