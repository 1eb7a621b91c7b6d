import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { observationSchema } from '../../src/audit/definitions/observations/observation-schema.js'
import { readLabelSet, readProbe } from '../../src/audit/definitions/shipped.js'
import type { Facts } from '../../src/audit/types/facts.js'
import type { Observation } from '../../src/audit/types/observations.js'
import { factsOf, type Block } from './facts.js'

const observedFile = z.strictObject({
  labelSet: z.string(),
  /** What the world asks otherwise than the shipped probe, so that it stays short. */
  measure: z.record(z.string(), z.unknown()).default({}),
  attributes: z.record(z.string(), z.array(z.string())),
  cells: z.array(z.strictObject({ of: z.array(z.string()), counts: z.record(z.string(), z.int()) })),
  observations: z.array(z.unknown()).default([]),
})

/** The facts of the made-up world of a probe: `test/probes/<id>/observed.yaml`, read as an audit would be. */
export function observedWorld(probe: string): Facts {
  const file = join(import.meta.dirname, '../probes', probe, 'observed.yaml')
  const observed = observedFile.parse(parse(readFileSync(file, 'utf8')))
  const shipped = readProbe(probe)
  const observations = observed.observations.map((one) => observationSchema.parse(one) as unknown as Observation)
  const facts = factsOf({
    attributes: Object.entries(observed.attributes).map(([name, values]) => ({ name, values })),
    blocks: observed.cells.flatMap(({ of, counts }): Block[] =>
      Object.entries(counts).map(([label, images]) => ({ of, label, images })),
    ),
    labelSets: [readLabelSet(observed.labelSet)],
    probes: [{ ...shipped, measure: { ...shipped.measure, ...observed.measure } }],
    observations,
  })
  const logitScale = observations.flatMap((one) => ('logitScale' in one ? one.logitScale : [])).at(0) ?? null
  return logitScale === null ? facts : { ...facts, models: facts.models.map((model) => ({ ...model, logitScale, logitScaleReason: null })) } // prettier-ignore
}
