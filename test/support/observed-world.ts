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
  attributes: z.record(z.string(), z.array(z.string())),
  cells: z.array(z.strictObject({ of: z.array(z.string()), counts: z.record(z.string(), z.int()) })),
  observations: z.array(z.unknown()).default([]),
})

/** The facts of the made-up world of a probe: `test/probes/<id>/observed.yaml`, read as an audit would be. */
export function observedWorld(probe: string): Facts {
  const file = join(import.meta.dirname, '../probes', probe, 'observed.yaml')
  const observed = observedFile.parse(parse(readFileSync(file, 'utf8')))
  return factsOf({
    attributes: Object.entries(observed.attributes).map(([name, values]) => ({ name, values })),
    blocks: observed.cells.flatMap(({ of, counts }): Block[] =>
      Object.entries(counts).map(([label, images]) => ({ of, label, images })),
    ),
    labelSets: [readLabelSet(observed.labelSet)],
    probes: [readProbe(probe)],
    observations: observed.observations.map((one) => observationSchema.parse(one) as unknown as Observation),
  })
}
