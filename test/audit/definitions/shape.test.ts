import fc from 'fast-check'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { derivedSchema } from '../../../src/audit/definitions/audit-derived-schema.js'
import { factsSchema } from '../../../src/audit/definitions/audit-facts-schema.js'
import { auditSchema } from '../../../src/audit/definitions/audit-schema.js'
import { observationSchema } from '../../../src/audit/definitions/observations/observation-schema.js'
import { preparedAuditShape } from '../../../src/audit/definitions/prepared-audit-shape.js'
import { fitting } from '../../../src/audit/definitions/shape.js'
import { shapeOfSchema } from '../../../src/audit/definitions/shape-of-schema.js'
import { oneWrong } from '../../fuzz/one-wrong.js'
import { exampleAudit } from '../report/example-audit.js'
import { sampleAudit } from './sample-audit.js'

const RANKED = { kind: 'retrieval-skew', ranked: '3 1 2' }

describe('the shape that the build writes down of a schema', () => {
  const { facts, derived } = exampleAudit()
  it.each<readonly [what: string, schema: z.ZodType, value: unknown]>([
    ['a whole audit', auditSchema, sampleAudit()],
    ['facts', factsSchema, facts],
    ['rates', derivedSchema.shape.rates, derived.rates.slice(0, 4)],
    ['contrasts', derivedSchema.shape.contrasts, derived.contrasts.slice(0, 3)],
    ['findings', derivedSchema.shape.findings, derived.findings.slice(0, 6)],
    ['changes', derivedSchema.shape.changes, derived.changes.slice(0, 3)],
    ['estimates', derivedSchema.shape.estimates, derived.estimates.slice(0, 3)],
    ['the gate', derivedSchema.shape.gate, derived.gate],
    ['rows in order of their scores', z.looseObject({ ranked: z.string().regex(/^[0-9 ]*$/) }), RANKED],
    ['observations', z.array(observationSchema), facts.observations],
  ])(
    'fits whatever the schema takes and nothing that it refuses, with one thing wrong anywhere: %s',
    (_, schema, value) => {
      const fits = fitting(shapeOfSchema(schema))
      expect([fits(value), schema.safeParse(value).success]).toEqual([true, true])
      fc.assert(
        fc.property(oneWrong(value), (wrong) => fits(asSaved(wrong)) === schema.safeParse(asSaved(wrong)).success),
        { numRuns: 300 },
      )
    },
  )

  it('refuses the numbers that no audit holds', () => {
    const fits = fitting(shapeOfSchema(z.looseObject({ share: z.number(), images: z.int().min(0) })))
    const read = (text: string): boolean => fits(JSON.parse(text))
    expect(read('{"share":0.5,"images":2}')).toBe(true)
    for (const wrong of [
      '{"share":1e999,"images":2}',
      '{"share":0.5,"images":9007199254740992}',
      '{"share":0.5,"images":-1}',
      '{"share":0.5}',
    ])
      // prettier-ignore
      expect(read(wrong), wrong).toBe(false)
  })

  it.each<readonly [string, z.ZodType]>([
    ['a rule in code', z.array(z.string()).refine((all) => all.length > 1)],
    ['a list with a length', z.array(z.string()).min(1)],
    ['a text with a length', z.string().min(1)],
    ['an address', z.url()],
    ['a number with an end', z.number().max(1)],
    ['a whole number with an end', z.int().max(1)],
    ['a value that is changed', z.string().transform(Number)],
    ['a default', z.string().default('x')],
    ['an object that is closed', z.strictObject({ a: z.string() })],
    ['an object whose other fields are cut off', z.object({ a: z.string() })],
    ['a tuple without an end', z.tuple([z.string()], z.number())],
    ['a field that every object has', z.looseObject({ constructor: z.string() })],
    ['one of two and not both', z.xor([z.string(), z.number()])],
    ['a record', z.record(z.string(), z.number())],
  ])('is not made of a schema that says more than a shape can: %s', (_what, schema) => {
    expect(() => shapeOfSchema(schema)).toThrow('a shape cannot say')
  })

  it('is read from its file, and not where the build was cut off or has written none', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'probity-shape-')), 'audit-shape.json')
    const text = JSON.stringify(shapeOfSchema(auditSchema))
    writeFileSync(file, text)
    expect(preparedAuditShape(file)?.(sampleAudit())).toBe(true)
    writeFileSync(file, text.slice(0, -20))
    expect(preparedAuditShape(file)).toBeNull()
    expect(preparedAuditShape(join(file, '..', 'nowhere.json'))).toBeNull()
  })
})

/** What a reader gets of it. */
function asSaved(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}
