import { z } from 'zod'
import type { PullRecord } from '../types/pull.js'
import { count } from './audit-shapes.js'
import { parseSaved } from './saved-file.js'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** `probity-pull.json`. Objects may hold more fields than are named: a record of a later version can still be read. */
export const pullRecordSchema = z
  .looseObject({
    schema: z.literal('probity/pull@1'),
    kind: z.enum(['model', 'dataset']),
    endpoint: z.string().meta({ description: 'Address of the hub.' }),
    id: z.string().meta({ description: 'org/name, as the hub called it.' }),
    asked: z.string().meta({ description: 'The branch, tag or commit that was asked for.' }),
    revision: z
      .string()
      .regex(/^[0-9a-f]{40,64}$/)
      .meta({ description: 'The commit that this was.' }),
    licence: z.string().nullable().meta({ description: 'As the card of the repository stated it.' }),
    licenceReason: z.literal('not-stated').nullable(),
    gated: z.boolean().meta({ description: 'Files were given out on terms that had to be accepted.' }),
    pulledUtc: z.string(),
    files: z.array(z.tuple([z.string(), sha256, count])).meta({ description: 'Path, SHA-256 and size of every file.' }),
  })
  .meta({
    title: 'Probity pull',
    description: 'probity-pull.json: where the files of a folder came from, and what they were.',
  })

/** Reads the text of a probity-pull.json; `file` is for messages. Throws DefinitionError. */
export function parsePullRecord(text: string, file: string): PullRecord {
  const kind = {
    schema: pullRecordSchema,
    schemaId: 'probity/pull@1',
    code: 'pull',
    what: 'a record of a pull',
    source: 'a probity-pull.json that probity wrote, or remove it: a folder can be used without',
  }
  return parseSaved(kind, text, file) as PullRecord // its shape was checked
}
