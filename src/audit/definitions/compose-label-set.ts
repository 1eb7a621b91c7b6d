import type { LabelSet } from '../types/definitions.js'
import { HARMS } from './label-set-schema.js'
import { yamlLabel, yamlName, yamlString } from './yaml-text.js'

/** The text of a label set file, with the comments that a first reader needs. `schema` is the path or address of the JSON Schema, for
 *  editors. The text is not checked here. */
export function composeLabelSet(labelSet: Omit<LabelSet, 'sha256'>, schema: string): string {
  const { id, title, source, templates, outcomes, labels, otherLabels } = labelSet
  return [
    schemaLine(schema),
    '# What each field means: docs/class-designs.md of Probity. After a change: probity label-set lint on this file.',
    `id: ${yamlName(id)}`,
    `title: ${yamlString(title)}`,
    '# Where the labels and their wording come from. A reader of the report sees it.',
    `source: ${yamlString(source)}`,
    '# The text of each label takes the place of {label}, word for word. Several templates are averaged as normalised vectors.',
    'templates:',
    ...templates.map((template) => `  - ${yamlString(template)}`),
    `# What a label means to the audit. harm is one of ${HARMS.join(', ')}.`,
    'outcomes:',
    ...outcomes.map((outcome) => `  ${yamlName(outcome.id)}: { harm: ${outcome.harm} }`),
    '# implies: attribute values that the label claims of a person, spelt as in the dataset; left out where it claims none.',
    'labels:',
    ...labels.map((label) => `  - ${yamlLabel(label)}`),
    ...(otherLabels === undefined ? [] : [`otherLabels: ${yamlName(otherLabels)}`]),
    '',
  ].join('\n')
}

/** The beginning of a label set that changes another one; edits fill it. */
export function composeExtending(id: string, base: string, schema: string): string {
  return [schemaLine(schema), `id: ${yamlName(id)}`, `extends: ${yamlExtends(base)}`, ''].join('\n')
}

/** The line by which editors find the JSON Schema. */
function schemaLine(schema: string): string {
  return `# yaml-language-server: $schema=${schema}`
}

function yamlExtends(base: string): string {
  return /^[\w./-]+$/.test(base) && !/^[\d.-]/.test(base) ? base : yamlString(base)
}
