import type { DecidedBy } from './facts.js'

/** Decisions made elsewhere by name: their file, and whose they are where it holds those of several people.
 *  @example sourceName({ source: { file: 'people.csv' }, decidedBy: { kind: 'annotator', annotator: 'A', condition: null } })  // 'people.csv (annotator A)' */
export function sourceName({
  source,
  decidedBy,
}: {
  readonly source: { readonly file: string }
  readonly decidedBy?: DecidedBy | undefined
}): string {
  if (decidedBy === undefined) return source.file
  const who = decidedBy.kind === 'annotator' ? `annotator ${decidedBy.annotator}` : `majority of ${decidedBy.people}`
  return `${source.file} (${decidedBy.condition === null ? who : `${who}, ${decidedBy.condition}`})`
}
