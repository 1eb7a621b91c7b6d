import { DefinitionError, quoted } from '../errors.js'
import type { LabelSet, Policy, Probe } from '../types/definitions.js'
import type { Grid, TemplateFamily } from '../types/grid.js'
import { readGridFile } from './grid.js'
import { readLabelSetFile } from './label-set.js'
import { locate, shippedFile, shippedIds, type Located, type ShippedKind } from './locate.js'
import { readPolicyFile } from './policy.js'
import { readProbeFile } from './probe.js'
import { readTemplateFamilyFile } from './template-family.js'
import { didYouMean } from './words.js'

/** One shipped definition as `probity list` shows it; `title` is the question of a probe. `file` is an absolute path. */
export type ShippedDefinition = { readonly id: string; readonly file: string; readonly title: string }

/** The definitions of a kind that come with the package, in alphabetical order. */
export function listShipped(kind: ShippedKind): readonly ShippedDefinition[] {
  return shippedIds(kind).map((id) => {
    const located = shippedFile(kind, id)
    return { id, file: located.file, title: titleOf(kind, located) }
  })
}

/** A label set by shipped id or by path, with everything it extends. Relative paths start at `folder` (default: the working folder). */
export function readLabelSet(idOrPath: string, folder?: string): LabelSet {
  return readLabelSetFile(locateOrRefuse('label-sets', idOrPath, folder))
}

/** A probe by shipped id or by path. */
export function readProbe(idOrPath: string, folder?: string): Probe {
  return readProbeFile(locateOrRefuse('probes', idOrPath, folder))
}

/** A policy by shipped id or by path. */
export function readPolicy(idOrPath: string, folder?: string): Policy {
  return readPolicyFile(locateOrRefuse('policies', idOrPath, folder))
}

/** A grid of class designs by shipped id or by path, with everything it names. */
export function readGrid(idOrPath: string, folder?: string): Grid {
  return readGridFile(locateOrRefuse('grids', idOrPath, folder))
}

/** A family of templates by shipped id or by path. */
export function readTemplateFamily(idOrPath: string, folder?: string): TemplateFamily {
  return readTemplateFamilyFile(locateOrRefuse('templates', idOrPath, folder))
}

function locateOrRefuse(kind: ShippedKind, idOrPath: string, folder = '.'): Located {
  return locate(kind, idOrPath, { path: folder, shown: '' }) ?? refuseUnknown(kind, idOrPath, 'command line')
}

/** Throws the DefinitionError for an id that is not shipped: the ids that are, and the nearest one. */
export function refuseUnknown(kind: ShippedKind, id: string, at: string, field?: string): never {
  const ids = shippedIds(kind)
  const expected = `the path of a ${KIND_WORDS[kind]} file or one of the shipped ones (${ids.join(', ')})`
  const hint = didYouMean(id, ids)
  const fault = { at, expected, received: quoted(id), ...(hint === undefined ? {} : { hint }) }
  throw new DefinitionError('definition.unknown', field === undefined ? fault : { ...fault, field })
}

const KIND_WORDS: Readonly<Record<ShippedKind, string>> = {
  'label-sets': 'label set',
  probes: 'probe',
  policies: 'policy',
  templates: 'template family',
  grids: 'grid',
}

function titleOf(kind: ShippedKind, located: Located): string {
  switch (kind) {
    case 'label-sets':
      return readLabelSetFile(located).title
    case 'probes':
      return readProbeFile(located).question
    case 'policies':
      return readPolicyFile(located).title
    case 'templates':
      return readTemplateFamilyFile(located).title
    case 'grids':
      return readGridFile(located).title
  }
}
