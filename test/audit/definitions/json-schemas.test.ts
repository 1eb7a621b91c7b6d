import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonSchemas } from '../../../src/audit/definitions/json-schemas.js'
import { PACKAGE_ROOT } from '../../../src/audit/definitions/locate.js'

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
})
