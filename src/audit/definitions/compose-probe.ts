import type { MeasureKind } from '../types/measures.js'
import { starterOf } from './probe-starters.js'
import { yamlName, yamlString } from './yaml-text.js'

/** What a new probe is to be. */
export type NewProbe = {
  readonly id: string
  readonly kind: MeasureKind
  readonly question: string
  readonly groupBy: readonly (readonly string[])[]
  /** Empty: the label set that fits the kind. */
  readonly suggests: readonly string[]
}

/** The text of a probe file, with the comments that a first reader needs. `schema` is the path of the JSON Schema, for editors. */
export function composeProbe({ id, kind, question, groupBy, suggests }: NewProbe, schema: string): string {
  const starter = starterOf(kind)
  return [
    `# yaml-language-server: $schema=${schema}`,
    '# What each kind of measure computes: docs/probes.md of Probity. After a change: probity validate on this file.',
    `id: ${yamlName(id)}`,
    'status: experimental # the question, the measure and its ids may still change',
    `question: ${yamlString(question)}`,
    '# Why the answer matters, to whom.',
    'motivation: "Say here who would be harmed, and how."',
    '# Whole sentences: the report prints them above the figures.',
    'howToRead:',
    '  - "Say here how a figure is read."',
    'cannotShow:',
    '  - "Say here what no figure of this probe can show."',
    `measure: ${starter.measure}`,
    '# Each entry is one grouping; [race, gender] is an intersection.',
    `groupBy: [${groupBy.map((attributes) => `[${attributes.map(yamlName).join(', ')}]`).join(', ')}]`,
    '# Label sets that are used when a plan names none.',
    `suggests: [${(suggests.length > 0 ? suggests : [starter.suggests]).map(yamlString).join(', ')}]`,
    'caveats: []',
    'references: []',
    '',
  ].join('\n')
}
