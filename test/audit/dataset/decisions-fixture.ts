import type { Dataset, Quarantine } from '../../../src/audit/types/dataset.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'

/** A dataset without attributes: decisions are joined by image name alone. */
export function datasetOf(images: readonly string[], parts: Partial<Dataset> = {}): Dataset {
  return {
    id: 'test',
    crop: null,
    licence: null,
    simulated: false,
    sources: [{ file: 'labels.csv', sha256: 'ab'.repeat(32), rows: images.length }],
    images,
    paths: null,
    subjects: null,
    attributes: [],
    excluded: new Map<number, string>(),
    quarantined: new Map<number, Quarantine>(),
    warnings: [],
    ...parts,
  }
}

/** A label set whose first label counts as a person and whose others count as crime. */
export function labelSetOf(id: string, labels: readonly string[]): LabelSet {
  return {
    id,
    title: id,
    source: 'test',
    templates: ['a photo of {label}'],
    outcomes: [
      { id: 'person', harm: 'none' },
      { id: 'crime', harm: 'denigration' },
    ],
    labels: labels.map((label, index) => ({
      id: label,
      text: `a ${label}`,
      outcome: index === 0 ? 'person' : 'crime',
      implies: [],
    })),
    sha256: '',
  }
}
