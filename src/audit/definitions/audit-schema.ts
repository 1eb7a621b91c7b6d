import { z } from 'zod'
import { DefinitionError, quoted } from '../errors.js'
import type { AuditResult } from '../types/audit.js'
import { derivedSchema } from './audit-derived-schema.js'
import { factsSchema } from './audit-facts-schema.js'
import { expectedBy, faultsOfIssue } from './issue-faults.js'
import { printable } from './words.js'
import type { Path } from './yaml-place.js'

const SCHEMA_ID = 'probity/audit@1'

/** The shape of audit.json. Fields that are not listed are allowed and ignored. */
export const auditSchema = z
  .looseObject({
    schema: z.literal(SCHEMA_ID),
    auditId: z.string(),
    facts: factsSchema,
    derived: derivedSchema,
    run: z.looseObject({
      createdUtc: z.string(),
      durations: z.array(z.tuple([z.string(), z.number()])),
      cacheHits: z.int(),
      commandLine: z.string(),
      host: z.looseObject({ node: z.string(), os: z.string() }),
    }),
  })
  .meta({ title: 'Probity audit', description: 'The result of an audit: facts, what follows from them, and the run.' })

/** Reads the text of a saved audit. `file` is for messages. Only its shape is checked; `verify` recomputes what it says.
 *  Throws DefinitionError with all faults. */
export function parseAudit(text: string, file: string): AuditResult {
  const value = parseJson(text, printable(file))
  const result = auditSchema.safeParse(value, { error: expectedBy })
  if (result.success) {
    // The value as it was parsed, not zod's copy: in a copy keys may stand in another order, and the audit id is over their order.
    return value as AuditResult // the schema above has just said so (test/audit/definitions/audit-schema.test.ts holds the two together)
  }
  const at = printable(file)
  const source = {
    placeOf: () => at,
    receivedAt: (path: Path) => describe(valueAt(value, path)),
    textAt: () => null,
  }
  const faults = result.error.issues.flatMap((issue) => faultsOfIssue(issue, source))
  throw new DefinitionError('audit.invalid', faults)
}

function parseJson(text: string, at: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const schema = valueAt(value, ['schema'])
    if (schema === SCHEMA_ID) return value
    const hint =
      typeof schema === 'string' && schema.startsWith('probity/audit@')
        ? 'It was written by another version of probity: read it with that version.'
        : 'Give the path of an audit.json that probity audit wrote.'
    throw new DefinitionError('audit.schema', {
      at,
      field: 'schema',
      expected: SCHEMA_ID,
      received: describe(schema),
      hint,
    })
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    const received = text.trim() === '' ? 'an empty file' : 'text that is not JSON'
    const hint = 'Give the path of an audit.json that probity audit wrote, complete and unedited.'
    throw new DefinitionError('audit.json', { at, expected: 'the JSON of a saved audit', received, hint }, { cause })
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined
    return Object.getOwnPropertyDescriptor(inner, step)?.value
  }, value)
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return typeof value === 'object' ? 'a mapping' : quoted(value)
}
