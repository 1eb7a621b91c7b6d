import type { DecidedBy, EvidenceFacts, ModelFacts } from './facts.js'

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

/** What an audit calls a source of decisions: a model by its folder, vectors by the model that their owner names, decisions by their file. */
export function evidenceSourceName(
  evidence: EvidenceFacts,
  models: readonly Pick<ModelFacts, 'id' | 'name'>[],
): string {
  switch (evidence.kind) {
    case 'decisions':
      return sourceName(evidence)
    case 'vectors':
      return evidence.source.model
    case 'embeddings':
      return models.find(({ id }) => id === evidence.model)?.name ?? evidence.model
  }
}
