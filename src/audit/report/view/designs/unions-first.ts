import { categoryOutcomes } from '../../../types/measures.js'
import type { ProbeFacts } from '../../../types/facts.js'

/** The outcomes of some probes that are in `present`, each once: unions first, since they answer the question as a whole. */
export function unionsFirst(probes: readonly ProbeFacts[], present: readonly string[]): readonly string[] {
  const declared = probes.flatMap(({ measure }) => categoryOutcomes(measure))
  const ordered = [...declared.filter(({ isUnion }) => isUnion), ...declared.filter(({ isUnion }) => !isUnion)]
  return [...new Set(ordered.map(({ id }) => id))].filter((id) => present.includes(id))
}
