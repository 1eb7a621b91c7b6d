import type { AttributeColumn, Dataset } from '../types/dataset.js'
import type { Plan } from '../types/definitions.js'
import { IDENTITY } from '../types/measures.js'
import { readDatasetApart } from './read-dataset.js'

/** Reads the dataset of an audit, and beside it the names of people where a probe asks for them: never in it, so that no table, group, file
 *  or message can be about one person. Elsewhere an attribute of that name is one like any other. */
export async function readAudited({ dataset, probes }: Pick<Plan, 'dataset' | 'probes'>): Promise<{
  readonly dataset: Dataset
  readonly identities: AttributeColumn | null
}> {
  return readDatasetApart(dataset, probes.some(({ measure }) => measure.kind === 'identity') ? IDENTITY : null)
}
