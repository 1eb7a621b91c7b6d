/** An entry of a list, for example of the glossary. */
export type LocaleEntry = Readonly<Record<string, string>>

/** What the files of a language hold: each text by its id, cut at its slots (every second part is the name of one), and each list. */
export type LocaleContents = {
  readonly texts: ReadonlyMap<string, readonly string[]>
  readonly lists: ReadonlyMap<string, readonly LocaleEntry[]>
}
