import { didYouMean } from '../audit/definitions/nearest-word.js'
import {
  listShipped,
  readGrid,
  readLabelSet,
  readPolicy,
  readProbe,
  readTemplateFamily,
} from '../audit/definitions/shipped.js'
import { validateFile } from '../audit/definitions/validate-file.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import type { LabelSet, Policy, Probe } from '../audit/types/definitions.js'
import type { Grid, TemplateFamily } from '../audit/types/grid.js'

export type FoundDefinition =
  | { readonly kind: 'label-set'; readonly definition: LabelSet }
  | { readonly kind: 'probe'; readonly definition: Probe }
  | { readonly kind: 'policy'; readonly definition: Policy }
  | { readonly kind: 'template-family'; readonly definition: TemplateFamily }
  | { readonly kind: 'grid'; readonly definition: Grid }

/** Finds a definition by shipped id or by file, whatever its kind. Throws DefinitionError when there is none. */
export function findDefinition(idOrFile: string): FoundDefinition {
  const isFile = /[/\\]|\.ya?ml$/.test(idOrFile)
  const kind = isFile ? validateFile(idOrFile).kind : kindOfShipped(idOrFile)
  switch (kind) {
    case 'label-set':
      return { kind, definition: readLabelSet(idOrFile) }
    case 'probe':
      return { kind, definition: readProbe(idOrFile) }
    case 'policy':
      return { kind, definition: readPolicy(idOrFile) }
    case 'template-family':
      return { kind, definition: readTemplateFamily(idOrFile) }
    case 'grid':
      return { kind, definition: readGrid(idOrFile) }
    case 'embeddings':
    case 'signoff':
    case 'plan':
    case 'audit':
    case 'curve':
      throw new DefinitionError('definition.kind', {
        at: idOrFile,
        expected: 'a label set, a probe, a policy, a template family or a grid',
        received: RESULTS[kind],
      })
  }
}

const RESULTS = {
  embeddings: 'an embeddings.yaml',
  signoff: 'a sign-off',
  plan: 'a plan',
  audit: 'a saved audit',
  curve: 'a saved specification curve',
} as const

const SHIPPED = [
  ['label-sets', 'label-set'],
  ['probes', 'probe'],
  ['policies', 'policy'],
  ['templates', 'template-family'],
  ['grids', 'grid'],
] as const

/** Of several kinds that ship the same id the first one in the list. */
function kindOfShipped(id: string): FoundDefinition['kind'] {
  const shipped = SHIPPED.map(([folder, kind]) => ({ kind, ids: listShipped(folder).map((entry) => entry.id) }))
  const found = shipped.find(({ ids }) => ids.includes(id))
  if (found !== undefined) return found.kind
  throw new DefinitionError('definition.unknown', {
    at: 'command line',
    expected: 'the id of a shipped definition, or a YAML file',
    received: quoted(id),
    hint:
      didYouMean(
        id,
        shipped.flatMap(({ ids }) => ids),
      ) ?? 'probity list prints what is shipped',
  })
}
