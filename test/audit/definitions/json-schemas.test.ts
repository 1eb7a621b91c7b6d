import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { jsonSchemas } from '../../../src/audit/definitions/json-schemas.js'
import { PACKAGE_ROOT, shippedIds } from '../../../src/audit/definitions/locate.js'

describe('the JSON Schemas', () => {
  it.each(jsonSchemas())('schemas/$file is up to date (else run: npm run schemas)', ({ file, text }) => {
    const path = join(PACKAGE_ROOT, 'schemas', file)
    expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing').toBe(text)
  })

  it.each(jsonSchemas())('$file is draft 2020-12 with a title', ({ text }) => {
    expect(JSON.parse(text)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: expect.stringMatching(/^Probity /) as string,
      type: 'object',
    })
  })

  it('let users name keys of their own and refuse unknown fixed ones', () => {
    const text = jsonSchemas().find(({ file }) => file === 'label-set.schema.json')?.text ?? ''
    expect(JSON.parse(text)).toMatchObject({
      additionalProperties: false,
      properties: { outcomes: { type: 'object', additionalProperties: { required: ['harm'] } } },
    })
  })

  it('let later versions add fields to an audit', () => {
    const text = jsonSchemas().find(({ file }) => file === 'audit.schema.json')?.text ?? ''
    expect(JSON.parse(text)).toMatchObject({ additionalProperties: {} })
  })

  it.each([
    ['label-sets', 'label-set.schema.json'],
    ['probes', 'probe.schema.json'],
    ['policies', 'policy.schema.json'],
    ['templates', 'template-family.schema.json'],
    ['grids', 'grid.schema.json'],
  ] as const)('accept the shipped %s, as an editor would, and refuse a misspelt key', (kind, file) => {
    const text = jsonSchemas().find((each) => each.file === file)?.text ?? 'false'
    const schema = z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema) // our own generator wrote it
    for (const id of shippedIds(kind)) {
      const definition = parse(readFileSync(join(PACKAGE_ROOT, kind, `${id}.yaml`), 'utf8')) as object
      expect(schema.safeParse(definition).error?.issues ?? []).toEqual([])
      expect(schema.safeParse({ ...definition, tresholds: 1 }).success).toBe(false)
    }
  })
})
