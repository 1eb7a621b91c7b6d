import { sourceOf } from './dataset/image-source.js'
import { readDataset } from './dataset/read-dataset.js'
import { countRepeated, repeatedImages } from './dataset/repeated-images.js'
import { checkImages } from './embedding/check-images.js'
import { ASSUMED_RATE, inspectGroupings } from './inspect-groupings.js'
import { crossRows } from './scoring/cells.js'
import type { Dataset } from './types/dataset.js'
import type { DatasetPlan, Policy, Probe } from './types/definitions.js'
import { UNKNOWN } from './types/groups.js'
import type { Inspection } from './types/inspection.js'

export type InspectPlan = { readonly dataset: DatasetPlan; readonly policy: Policy; readonly probe: Probe }

/** Looks at a dataset without a model: who is in it, what is unknown, repeated or unreadable, and what so many images can show. Image files are
 *  read only where the plan names their folder. Throws DatasetError. */
export async function runDatasetInspect(
  { dataset: plan, policy, probe }: InspectPlan,
  onRead: (done: number, total: number) => void,
): Promise<Inspection> {
  const read = await readDataset(plan)
  const { dataset, duplicates } = plan.images === null ? { dataset: read, duplicates: null } : await look(read, onRead)
  const quarantined = tallied([...dataset.quarantined.values()].map(({ code }) => code))
  const rows = {
    in: dataset.images.length,
    processed: dataset.images.length - dataset.excluded.size - dataset.quarantined.size,
    excluded: dataset.excluded.size,
    quarantined: dataset.quarantined.size,
  }
  return {
    ...{ id: dataset.id, crop: dataset.crop, licence: dataset.licence, permittedUse: dataset.permittedUse ?? null },
    simulated: dataset.simulated,
    sources: dataset.sources,
    rows,
    excluded: tallied([...dataset.excluded.values()]),
    quarantined,
    subjects:
      dataset.subjects === null ? null : new Set(dataset.subjects.filter((_, row) => isUsed(dataset, row))).size,
    attributes: dataset.attributes.map((attribute) => describeAttribute(attribute, dataset)),
    groupings: inspectGroupings(dataset, policy, probe),
    images: duplicates,
    imagesReason: duplicates === null ? 'no-images-named' : null,
    warnings: dataset.warnings.map(({ code, count, message }) => [code, count, message] as const),
    knownNoise: plan.format === 'fairface' ? FAIRFACE_NOISE : [],
    limits: {
      ...{ policy: policy.id, minimumImages: policy.minimumImages, alpha: policy.alpha, margin: policy.margin },
      assumedRate: ASSUMED_RATE,
    },
  }
}

const FAIRFACE_NOISE = ['dozens of validation images labelled White look mislabelled (dchen236/FairFace#8)']

async function look(dataset: Dataset, onRead: (done: number, total: number) => void) {
  const sources = dataset.images.map((_, row) => (isUsed(dataset, row) ? sourceOf(dataset, row) : null))
  const total = sources.filter((source) => source !== null).length
  const { hashes, faults } = await checkImages(sources, (done) => {
    onRead(done, total)
  })
  const seen = { ...dataset, quarantined: new Map([...dataset.quarantined, ...faults]) }
  const cells = crossRows(seen, seen.attributes.map(({ name }) => name)) // prettier-ignore
  return { dataset: seen, duplicates: countRepeated(repeatedImages(seen, hashes), cells) }
}

function isUsed({ excluded, quarantined }: Dataset, row: number): boolean {
  return !excluded.has(row) && !quarantined.has(row)
}

function describeAttribute(
  { name, labelledBy, values, codes }: Dataset['attributes'][number],
  dataset: Dataset,
): Inspection['attributes'][number] {
  const counts = new Uint32Array(values.length)
  codes.forEach((code, row) => {
    if (isUsed(dataset, row)) counts[code]++
  })
  const counted = values.map((value, code) => [value, counts[code]] as const)
  return {
    ...{ name, labelledBy },
    unknown: counted.find(([value]) => value === UNKNOWN)?.[1] ?? 0,
    values: counted.filter(([value]) => value !== UNKNOWN),
  }
}

/** How often each word occurs, the most frequent first. */
function tallied(words: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}
