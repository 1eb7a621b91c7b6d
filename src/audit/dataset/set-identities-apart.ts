import type { AttributeColumn, Dataset } from '../types/dataset.js'
import type { Plan } from '../types/definitions.js'
import { IDENTITY } from '../types/measures.js'

/** Takes the names of people out of a dataset where a probe asks for them, so that no table, group, file or message of an audit can be
 *  about one person. Elsewhere an attribute of that name is one like any other. */
export function setIdentitiesApart(
  dataset: Dataset,
  plan: Pick<Plan, 'probes'>,
): { readonly dataset: Dataset; readonly identities: AttributeColumn | null } {
  const identities = dataset.attributes.find(({ name }) => name === IDENTITY)
  const isAsked = plan.probes.some(({ measure }) => measure.kind === 'identity')
  if (identities === undefined || !isAsked) return { dataset, identities: null }
  return { dataset: { ...dataset, attributes: dataset.attributes.filter((one) => one !== identities) }, identities }
}
