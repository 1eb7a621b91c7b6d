import { promptsSha256 } from './definitions/prompts.js'
import { identityOf } from './model/model-identity.js'
import type { Check } from './types/check.js'
import type { Facts } from './types/facts.js'

/** Whether hashes that are taken over other parts of the facts are theirs: of a model and of vectors, over the names and hashes of their
 *  files; of prompts, over every filled template. What the files themselves hold is not looked at. */
export function hashesFollow({ models, evidence, labelSets }: Facts): Check {
  const vectors = evidence.flatMap((each) => (each.kind === 'vectors' ? [each.source] : []))
  const ofFiles = [...models, ...vectors].filter(({ sha256, files }) => sha256 !== identityOf(files))
  const ofPrompts = labelSets.filter((labelSet) => labelSet.promptsSha256 !== promptsSha256(labelSet))
  const checked = models.length + vectors.length + labelSets.length
  return {
    what: 'hashes of models, vectors and prompts are those of their files and texts',
    holds: ofFiles.length + ofPrompts.length === 0,
    detail: `${checked} hashes, ${ofFiles.length + ofPrompts.length} wrong`,
  }
}
