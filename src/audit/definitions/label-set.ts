import { existsSync } from 'node:fs'
import path from 'node:path'
import { quoted } from '../errors.js'
import type { LabelSet, OutcomeCategory } from '../types/definitions.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import { checkLabelSet, checkParts, type PlacedLabel } from './label-set-rules.js'
import { labelSetSchema, type WrittenLabel, type WrittenLabelSet } from './label-set-schema.js'
import { folderOf, locateBeside, shippedIds, type Located } from './locate.js'
import { refuseOtherKind } from './other-kind.js'
import { RuleFaults } from './rule-faults.js'
import { asList } from './schema-words.js'
import { didYouMean } from './words.js'
import { parseYaml, readYaml, type YamlDocument } from './yaml-file.js'

const LONGEST_CHAIN = 20 // nobody can review a label set that is spread over more files

/** Reads one label set and everything it extends. `chain` holds the files already on the way, outermost first.
 *  Throws DefinitionError with all faults of the first file that has any. */
export function readLabelSetFile(located: Located, chain: readonly Located[] = []): LabelSet {
  if (located.text !== undefined) return parseLabelSet(located.text, located)
  return labelSetOf(readYaml(located.file, located.shown), located, chain)
}

/** The same for text that would stand in the file: what it extends is looked for beside it. */
export function parseLabelSet(text: string, located: Located): LabelSet {
  return labelSetOf(parseYaml(text, located.shown), located, [])
}

function labelSetOf(document: YamlDocument, located: Located, chain: readonly Located[]): LabelSet {
  refuseOtherKind(document, 'a label set')
  const written = checkYaml(labelSetSchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  checkParts(written, faults)
  faults.throwIfAny()
  const base = written.extends === undefined ? null : readExtended(written.extends, located, chain, faults)
  const resolved = resolve(written, base, faults)
  faults.throwIfAny()
  return resolved
}

function readExtended(
  reference: string,
  here: Located,
  above: readonly Located[],
  faults: RuleFaults,
): LabelSet | null {
  const chain = [...above, here]
  const base = locateBeside('label-sets', reference, folderOf(here))
  const refuse = (expected: string, hint?: string): null => {
    const names = [...chain.map(({ file }) => path.basename(file).replace(/\.ya?ml$/i, '')), reference]
    faults.add(['extends'], expected, { received: names.map((name) => quoted(name).slice(1, -1)).join(' -> '), hint })
    faults.throwIfAny('definition.extends')
    return null
  }
  if (base === null || !existsSync(base.file)) {
    const shipped = shippedIds('label-sets')
    const hint = didYouMean(reference, shipped) ?? 'Check the id or the path.'
    return refuse(`a label set beside this one or a shipped one (${shipped.join(', ')})`, hint)
  }
  if (chain.some(({ file }) => file === base.file)) return refuse('a chain of label sets that ends')
  if (chain.length >= LONGEST_CHAIN) return refuse(`a chain of at most ${LONGEST_CHAIN} label sets`)
  return readLabelSetFile(base, chain)
}

function resolve(written: WrittenLabelSet, base: LabelSet | null, faults: RuleFaults): LabelSet {
  const labels = resolveLabels(written, base, faults)
  const content = {
    id: written.id,
    title: written.title ?? `${base?.title ?? written.id} (changed: ${written.id})`,
    source: written.source ?? base?.source ?? '',
    templates: written.templates ?? base?.templates ?? [],
    outcomes: resolveOutcomes(written, base, labels),
    ...otherLabels(written, base, labels),
  }
  checkLabelSet({ ...content, labels }, written, faults)
  const resolved = {
    ...content,
    labels: labels.map(({ path: _, ...label }) => label),
  }
  return { ...resolved, sha256: contentSha256(resolved) }
}

function resolveLabels(written: WrittenLabelSet, base: LabelSet | null, faults: RuleFaults): PlacedLabel[] {
  const ids = (base?.labels ?? []).map(({ id }) => id)
  written.remove?.forEach((id, index) => {
    if (base !== null && !ids.includes(id))
      faults.add(['remove', index], `the id of a label of ${base.id}`, { hint: didYouMean(id, ids) })
  })
  const removed = new Set(written.remove)
  const inherited = (base?.labels ?? []).filter(({ id }) => !removed.has(id)).map((label) => ({ ...label, path: null }))
  return [...inherited, ...placed(written.labels ?? [], 'labels'), ...placed(written.add ?? [], 'add')]
}

function placed(labels: readonly WrittenLabel[], field: string): PlacedLabel[] {
  return labels.map(({ id, text, outcome, implies, aliases }, index) => ({
    id,
    text,
    outcome,
    implies: [...(implies ?? [])].map(([attribute, values]) => ({ attribute, values: asList(values) })),
    ...(aliases === undefined ? {} : { aliases }), // a label set without any keeps its hash
    path: [field, index],
  }))
}

/** Inherited as long as its label is. */
function otherLabels(
  written: WrittenLabelSet,
  base: LabelSet | null,
  labels: readonly PlacedLabel[],
): Pick<LabelSet, 'otherLabels'> {
  const inherited = labels.find(({ id }) => id === base?.otherLabels)?.id
  const id = written.otherLabels ?? inherited
  return id === undefined ? {} : { otherLabels: id }
}

/** Inherited categories first; one that is declared again takes its new harm; one that lost all its labels goes. */
function resolveOutcomes(
  written: WrittenLabelSet,
  base: LabelSet | null,
  labels: readonly PlacedLabel[],
): OutcomeCategory[] {
  const declared = new Map([...(written.outcomes ?? [])].map(([id, { harm }]) => [id, { id, harm }]))
  const used = new Set(labels.map(({ outcome }) => outcome))
  const inherited = (base?.outcomes ?? []).filter(({ id }) => used.has(id))
  const kept = inherited.map((outcome) => declared.get(outcome.id) ?? outcome)
  const added = [...declared.values()].filter(({ id }) => !kept.some((outcome) => outcome.id === id))
  return [...kept, ...added]
}
