import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import { publishedSchema } from '../../../src/audit/definitions/published-schema.js'
import { publishAudit } from '../../../src/audit/disclosure/publish-audit.js'
import type { PublishedAudit } from '../../../src/audit/types/published.js'
import { auditOf, raceScene } from '../../support/facts.js'

type Mutable<Value> = { -readonly [Key in keyof Value]: Mutable<Value[Key]> }

describe('the schema of published.json', () => {
  it('fits what is published', () => {
    const audit = auditOf(
      raceScene([
        ['A', 3, 200],
        ['B', 25, 210],
        ['C', 60, 220],
      ]),
    )
    const published = JSON.parse(JSON.stringify(publishAudit(audit, 10))) as unknown
    expect(publishedSchema.safeParse(published).error?.issues ?? []).toEqual([])
    expect(publishedSchema.safeParse({ ...(published as object), schema: 'probity/audit@1' }).success).toBe(false)
  })

  it('holds the schema and the types together', () => {
    expectTypeOf<z.output<typeof publishedSchema>>().toExtend<PublishedAudit>()
    expectTypeOf<Mutable<PublishedAudit>>().toExtend<z.input<typeof publishedSchema>>()
  })
})
