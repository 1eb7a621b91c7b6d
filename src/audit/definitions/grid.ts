import { existsSync } from 'node:fs'
import type { LabelSet } from '../types/definitions.js'
import type { Grid, GridTemplates } from '../types/grid.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import { DEFAULT_DRAWS, gridSchema, type WrittenGrid } from './grid-schema.js'
import { checkGrid, checkSize } from './grid-rules.js'
import { gridTemplates } from './grid-templates.js'
import { AS_WRITTEN, NO_ALTERNATIVE } from './grid-words.js'
import { readLabelSetFile } from './label-set.js'
import { folderOf, locate, locateBeside, shippedIds, type Located, type ShippedKind } from './locate.js'
import { readPolicyFile } from './policy.js'
import { readProbeFile } from './probe.js'
import { RuleFaults } from './rule-faults.js'
import { asList } from './schema-words.js'
import { readTemplateFamilyFile } from './template-family.js'
import { didYouMean } from './words.js'
import { readYaml } from './yaml-file.js'
import type { Path } from './yaml-place.js'

const DEFAULT_PROBE = 'denigration'
const DEFAULT_POLICY = 'default'

/** Reads one grid and everything it names. Throws DefinitionError with all faults of the first file that has any. */
export function readGridFile(located: Located): Grid {
  const document = readYaml(located.file, located.shown)
  const written = checkYaml(gridSchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  const named = <Value>(kind: ShippedKind, id: string, path: Path, read: (found: Located) => Value): Value | null => {
    const beside = locateBeside(kind, id, folderOf(located))
    // a grid may bear the name of the label set that it varies: then the file beside it is itself
    const found = beside?.file === located.file ? locate(kind, id, folderOf(located)) : beside
    if (found !== null && existsSync(found.file)) return read(found)
    const shipped = shippedIds(kind)
    faults.add(path, `${KIND_WORDS[kind]} beside this file or a shipped one (${shipped.join(', ')})`, {
      hint: didYouMean(id, shipped) ?? 'Check the id or the path.',
    })
    return null
  }
  const labelSet = named('label-sets', written.labelSet, ['labelSet'], (found) => readLabelSetFile(found))
  const probe = named('probes', written.probe ?? DEFAULT_PROBE, ['probe'], readProbeFile)
  const policy = named('policies', written.policy ?? DEFAULT_POLICY, ['policy'], readPolicyFile)
  const templates = gridTemplates(written, faults, (id, path) => named('templates', id, path, readTemplateFamilyFile))
  if (labelSet === null || probe === null || policy === null) return faults.throwAll('definition.unknown')
  checkGrid(written, { labelSet, probe }, faults)
  faults.throwIfAny()
  const grid = gridOf(written, { labelSet, templates })
  const content = { ...grid, probe, policy }
  checkSize(content, faults)
  faults.throwIfAny()
  return { ...content, sha256: hashOf(content) }
}

const KIND_WORDS: Readonly<Record<ShippedKind, string>> = {
  'label-sets': 'a label set',
  probes: 'a probe',
  policies: 'a policy',
  templates: 'a template family',
  grids: 'a grid',
}

type Named = { readonly labelSet: LabelSet; readonly templates: readonly GridTemplates[] }

function gridOf(written: WrittenGrid, { labelSet, templates }: Named): Omit<Grid, 'probe' | 'policy' | 'sha256'> {
  const ownTemplates = { id: AS_WRITTEN, note: 'the templates of the label set', templates: labelSet.templates }
  const harmless = labelSet.outcomes.find(({ harm }) => harm === 'none')?.id ?? ''
  return {
    id: written.id,
    title: written.title,
    source: written.source,
    labelSet,
    templates: written.templates === undefined ? [ownTemplates] : templates,
    ensembling: written.ensembling ?? ['mean'],
    wordings: [
      { id: AS_WRITTEN, note: 'the label set as written', texts: [] },
      ...(written.wordings ?? []).map(({ id, note = '', texts }) => ({ id, note, texts: [...texts] })),
    ],
    synonyms: [...(written.synonyms ?? [])].map(([label, texts]) => ({ label, texts: asList(texts) })),
    alternatives: [
      { id: NO_ALTERNATIVE, note: 'no label added', labels: [] },
      ...(written.alternatives ?? []).map(({ id, note = '', add }) => ({
        id,
        note,
        labels: add.map((label) => ({ ...label, outcome: label.outcome ?? harmless, implies: [] })),
      })),
    ],
    seed: written.seed ?? 1,
    draws: written.draws ?? DEFAULT_DRAWS,
  }
}

/** Over everything that decides a number; definitions in files of their own go in by their hashes. */
function hashOf({ labelSet, probe, policy, ...own }: Omit<Grid, 'sha256'>): string {
  return contentSha256({ ...own, labelSet: labelSet.sha256, probe: probe.sha256, policy: policy.sha256 })
}
