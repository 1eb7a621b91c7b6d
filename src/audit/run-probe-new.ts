import path from 'node:path'
import { composeProbe, type NewProbe } from './definitions/compose-probe.js'
import { parseProbe } from './definitions/probe.js'
import { refuseOverwriting, schemaSeenFrom, writeDefinition } from './write-definition.js'
import type { Probe } from './types/definitions.js'

export type ProbeToWrite = NewProbe & {
  /** Where it goes, absolute, and as the user wrote it. */
  readonly file: string
  readonly shown: string
  readonly mayReplace: boolean
}

/** Writes a commented probe file that can be read. Throws DefinitionError with everything that is wrong, and then writes nothing. */
export async function runProbeNew(wanted: ProbeToWrite): Promise<Probe> {
  if (!wanted.mayReplace) refuseOverwriting(wanted.file, wanted.shown)
  const text = composeProbe(wanted, schemaSeenFrom(path.dirname(wanted.file), 'probe'))
  const probe = parseProbe(text, { file: wanted.file, shown: wanted.shown })
  await writeDefinition(wanted.file, text)
  return probe
}
