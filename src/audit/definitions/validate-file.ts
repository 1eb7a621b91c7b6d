import path from 'node:path'
import { isMap, isScalar } from 'yaml'
import { DefinitionError } from '../errors.js'
import { parseAudit } from './audit-schema.js'
import { isCurve } from './curve-form.js'
import { parseCurve } from './curve-schema.js'
import { embeddingsSchema } from './embeddings-schema.js'
import { readGridFile } from './grid.js'
import { gridSchema } from './grid-schema.js'
import { readLabelSetFile } from './label-set.js'
import { labelSetSchema } from './label-set-schema.js'
import { planSchema } from './plan-schema.js'
import { readPolicyFile } from './policy.js'
import { policySchema } from './policy-schema.js'
import { readProbeFile } from './probe.js'
import { probeSchema } from './probe-schema.js'
import { readEmbeddingsFile } from './read-embeddings-file.js'
import { readPlan } from './read-plan.js'
import { readSavedText } from './saved-text.js'
import { readSignoffFile } from './signoff.js'
import { signoffSchema } from './signoff-schema.js'
import { readTemplateFamilyFile } from './template-family.js'
import { templateFamilySchema } from './template-family-schema.js'
import { printable } from './words.js'
import { readYaml } from './yaml-file.js'
import { asNode, scalarText } from './yaml-form.js'

/** What a file turned out to be. */
export type ValidFile = {
  readonly kind:
    | 'label-set'
    | 'probe'
    | 'policy'
    | 'template-family'
    | 'grid'
    | 'embeddings'
    | 'signoff'
    | 'plan'
    | 'audit'
    | 'curve'
  readonly id: string
}

/** Finds out what a file is, by its keys and then by its folder, and checks it as that. A `.json` file is taken as a saved audit or a saved specification curve.
 *  A plan must be complete: the folders and files that it names must be there. No image is read.
 *  Throws DefinitionError with all faults of the file. */
export function validateFile(file: string): ValidFile {
  if (/\.json$/i.test(file)) return validateSaved(file)
  const located = { file, shown: file }
  const kind = kindOf(file)
  switch (kind) {
    case 'label-set':
      return { kind, id: readLabelSetFile(located).id }
    case 'probe':
      return { kind, id: readProbeFile(located).id }
    case 'policy':
      return { kind, id: readPolicyFile(located).id }
    case 'template-family':
      return { kind, id: readTemplateFamilyFile(located).id }
    case 'grid':
      return { kind, id: readGridFile(located).id }
    case 'embeddings':
      return { kind, id: readEmbeddingsFile(located).model }
    case 'signoff':
      return { kind, id: readSignoffFile(located).signoff.audit }
    case 'plan':
      readPlan({ file, flags: {}, cwd: '.' })
      return { kind, id: path.basename(file).replace(/\.ya?ml$/i, '') }
  }
}

function validateSaved(file: string): ValidFile {
  const text = readSavedText(file)
  return isCurve(text)
    ? { kind: 'curve', id: parseCurve(text, file).curveId }
    : { kind: 'audit', id: parseAudit(text, file).auditId }
}

type YamlKind = Exclude<ValidFile['kind'], 'audit' | 'curve'>

const KEYS: readonly (readonly [YamlKind, readonly string[]])[] = [
  ['label-set', Object.keys(labelSetSchema.shape)],
  ['probe', Object.keys(probeSchema.shape)],
  ['policy', Object.keys(policySchema.shape)],
  ['template-family', Object.keys(templateFamilySchema.shape)],
  ['grid', Object.keys(gridSchema.shape)],
  ['embeddings', Object.keys(embeddingsSchema.shape)],
  ['signoff', Object.keys(signoffSchema.shape)],
  ['plan', Object.keys(planSchema.shape)],
]

const FOLDERS = new Map<string, YamlKind>([
  ['label-sets', 'label-set'],
  ['probes', 'probe'],
  ['policies', 'policy'],
  ['templates', 'template-family'],
  ['grids', 'grid'],
])

/** The kind that knows most of the file's keys; of several, the one whose folder the file lies in, else the first. */
function kindOf(file: string): YamlKind {
  const { root } = readYaml(file)
  const keys = isMap(root) ? root.items.map(({ key }) => keyText(key)) : []
  const counts = KEYS.map(([kind, known]) => ({ kind, count: keys.filter((key) => known.includes(key)).length }))
  const most = Math.max(...counts.map(({ count }) => count))
  const best = counts.filter(({ count }) => count === most).map(({ kind }) => kind)
  const ofFolder = FOLDERS.get(path.basename(path.dirname(path.resolve(file))))
  if (ofFolder !== undefined && best.includes(ofFolder)) return ofFolder
  const [first] = best
  if (most > 0 && first !== undefined) return first
  const expected =
    'a label set, a probe, a policy, a template family, a grid, an embeddings.yaml, a signoff.yaml or a plan'
  const received = keys.length === 0 ? 'no mapping' : 'a mapping with none of their keys'
  throw new DefinitionError('definition.unknown-kind', { at: `${printable(file)}:1`, expected, received })
}

function keyText(key: unknown): string {
  const node = asNode(key)
  return isScalar(node) ? scalarText(node) : ''
}
