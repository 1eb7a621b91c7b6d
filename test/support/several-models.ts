import { planFamilies } from '../../src/audit/findings/plan-probe.js'
import type { AuditResult } from '../../src/audit/types/audit.js'
import type { EvidenceFacts, Facts } from '../../src/audit/types/facts.js'
import { SHA } from './definitions.js'
import { factsOf, sealed, type Scene } from './facts.js'

/** Facts of several models over the same images: one scene each, alike but for the decisions. A name that ends in .csv is a file of decisions. */
export function factsOfModels(scenes: Readonly<Record<string, Scene>>): Facts {
  const all = Object.entries(scenes).map(([name, scene], index) => ({
    name,
    id: `e${index + 1}`,
    facts: factsOf({ ...scene, decisionsOnly: name.endsWith('.csv') }),
  }))
  const [{ facts: first }] = all
  const tallies = all.flatMap(({ id, facts }) => facts.tallies.map((tally) => ({ ...tally, evidence: id })))
  const { dataset, labelSets, policy, reference, probes } = first
  const evidence = all.map(({ name, id, facts }) => named(name, id, facts.evidence[0]))
  return {
    ...first,
    models: all.flatMap(({ name, facts: { models } }) => models.map((model) => ({ ...model, id: name, name }))),
    evidence,
    tallies,
    ...planFamilies(probes, { dataset, labelSets, tallies, policy, reference, evidence }),
  }
}

function named(name: string, id: string, evidence: EvidenceFacts): EvidenceFacts {
  switch (evidence.kind) {
    case 'decisions':
      return { ...evidence, id, source: { file: name, sha256: SHA, rows: 10 } }
    case 'vectors':
      return { ...evidence, id, source: { ...evidence.source, model: name } }
    case 'embeddings':
      return { ...evidence, id, model: name }
  }
}

/** A whole audit of several models. */
export function auditOfModels(scenes: Readonly<Record<string, Scene>>): AuditResult {
  return sealed(factsOfModels(scenes))
}
