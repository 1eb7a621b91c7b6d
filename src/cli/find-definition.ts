import { didYouMean } from '../audit/definitions/nearest-word.js'
import { listShipped, readLabelSet, readPolicy, readProbe } from '../audit/definitions/shipped.js'
import { validateFile } from '../audit/definitions/validate-file.js'
import { DefinitionError, quoted } from '../audit/errors.js'
import type { LabelSet, Policy, Probe } from '../audit/types/definitions.js'

export type FoundDefinition =
  | { readonly kind: 'label-set'; readonly definition: LabelSet }
  | { readonly kind: 'probe'; readonly definition: Probe }
  | { readonly kind: 'policy'; readonly definition: Policy }

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
    case 'plan':
    case 'audit':
      throw new DefinitionError('definition.kind', {
        at: idOrFile,
        expected: 'a label set, a probe or a policy',
        received: kind === 'plan' ? 'a plan' : 'a saved audit',
      })
  }
}

function kindOfShipped(id: string): FoundDefinition['kind'] {
  const idsOf = (kind: 'label-sets' | 'probes' | 'policies'): string[] => listShipped(kind).map((entry) => entry.id)
  if (idsOf('label-sets').includes(id)) return 'label-set'
  if (idsOf('probes').includes(id)) return 'probe'
  if (idsOf('policies').includes(id)) return 'policy'
  const known = [...idsOf('label-sets'), ...idsOf('probes'), ...idsOf('policies')]
  throw new DefinitionError('definition.unknown', {
    at: 'command line',
    expected: 'the id of a shipped definition, or a YAML file',
    received: quoted(id),
    hint: didYouMean(id, known) ?? 'probity list prints what is shipped',
  })
}
