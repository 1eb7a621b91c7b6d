import type { DerivedAttribute, Probe, PublishedFigure, PublishedTable } from '../types/definitions.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import type { Located } from './locate.js'
import { EVIDENCE_OF, toMeasure } from './measures/written-measure.js'
import { refuseOtherKind } from './other-kind.js'
import { checkProbe } from './probe-rules.js'
import { probeSchema, type WrittenProbe, type WrittenTable } from './probe-schema.js'
import { toPublishedGrid } from './published-grid.js'
import { RuleFaults } from './rule-faults.js'
import { parseYaml, readYaml, type YamlDocument } from './yaml-file.js'

/** Reads one probe. Throws DefinitionError with all faults of the file. */
export function readProbeFile(located: Located): Probe {
  return probeOf(readYaml(located.file, located.shown), located)
}

/** The same for text that would stand in the file. */
export function parseProbe(text: string, located: Located): Probe {
  return probeOf(parseYaml(text, located.shown), located)
}

function probeOf(document: YamlDocument, located: Located): Probe {
  refuseOtherKind(document, 'a probe')
  const written = checkYaml(probeSchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  const probe = toProbe(written)
  checkProbe(probe, written, faults)
  faults.throwIfAny()
  return probe
}

function toProbe(written: WrittenProbe): Probe {
  const content = {
    id: written.id,
    status: written.status ?? 'experimental',
    question: written.question,
    motivation: written.motivation ?? '',
    measure: toMeasure(written.measure),
    evidence: EVIDENCE_OF[written.measure.kind],
    derive: [...(written.derive ?? [])].map(toDerived),
    groupBy: written.groupBy,
    standardise: written.standardise ?? [],
    suggests: written.suggests ?? [],
    published: (written.published ?? []).map(toTable),
    caveats: written.caveats ?? [],
    references: written.references ?? [],
  }
  const howToRead = written.howToRead ?? []
  const cannotShow = written.cannotShow ?? []
  const publishedTables = (written.publishedTables ?? []).map(toPublishedGrid)
  // what a probe does not say leaves its hash as it was before there was a word for it
  const more = Object.entries({ howToRead, cannotShow, publishedTables }).filter(([, part]) => part.length > 0)
  const sha256 = contentSha256({ ...content, ...Object.fromEntries(more) })
  return { ...content, howToRead, cannotShow, publishedTables, sha256 }
}

function toDerived([id, { from, groups }]: [
  string,
  { from: string; groups: Map<string, string[]> },
]): DerivedAttribute {
  return { id, from, groups: [...groups].map(([value, values]) => ({ value, values })) }
}

function toTable(table: WrittenTable): PublishedTable {
  const { id, source, labelSet, outcome, attribute } = table
  const figures = [...table.figures].map(([value, figure]) => ({ value, figure: toFigure(figure) }))
  const { neverComparable = null, conditions = null, note = null } = table
  return { id, source, labelSet, outcome, attribute, figures, neverComparable, conditions, note }
}

function toFigure(figure: string | { count: number; total: number }): PublishedFigure {
  if (typeof figure !== 'string') return { kind: 'counts', ...figure }
  return { kind: 'percent', text: figure, decimals: figure.split('.')[1]?.length ?? 0 }
}
