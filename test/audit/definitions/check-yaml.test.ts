import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkYaml } from '../../../src/audit/definitions/check-yaml.js'
import { parseYaml } from '../../../src/audit/definitions/yaml-file.js'

const schema = z.strictObject({
  name: z.string(),
  size: z.number().min(1, 'a size of at least 1'),
  parts: z.array(z.strictObject({ kind: z.enum(['wheel', 'door']), isOpen: z.boolean().optional() })),
  either: z.union([z.string(), z.strictObject({ id: z.string() })]).optional(),
})

const check = (text: string): unknown => checkYaml(schema, parseYaml(text, 'car.yaml'))

describe('checkYaml', () => {
  it('reports all faults of a file together, in the order of its lines', () => {
    const text = [
      'naem: x',
      'parts:',
      '  - { kind: weel }',
      '  - kind: door',
      '    isOpen: no',
      'size: 0',
      'extra: 1',
    ].join('\n')
    expect(() => check(text)).toThrow(
      [
        'car.yaml:1: expected a known key (name, size, parts, either) but received "naem". Did you mean "name"?',
        'car.yaml:3: parts[0].kind: expected wheel or door but received "weel". Did you mean "wheel"?',
        'car.yaml:5: parts[1].isOpen: expected true or false but received "no". Write true or false.',
        'car.yaml:6: size: expected a size of at least 1 but received 0',
        'car.yaml:7: expected a known key (name, size, parts, either) but received "extra"',
      ].join('\n'),
    )
  })

  it('names the line of the key, not of the value below it', () => {
    expect(() => check('size: 1\nparts: []\nname:\n\n  - a\n  - b')).toThrow(
      'car.yaml:3: name: expected text but received a list',
    )
  })

  it('names the line of the mapping that lacks a key', () => {
    expect(() => check('name: x\nsize: 1\nparts:\n  - isOpen: true')).toThrow(
      'car.yaml:4: parts[0].kind: expected wheel or door but received nothing',
    )
  })

  it('judges a union by the form that was written', () => {
    const start = 'name: x\nsize: 1\nparts: []\n'
    expect(() => check(`${start}either: { id: [] }`)).toThrow(
      'car.yaml:4: either.id: expected text but received an empty list',
    )
    expect(() => check(`${start}either: [a, b]`)).toThrow(
      'car.yaml:4: either: expected text or a mapping but received a list',
    )
  })

  it('prints at most 20 faults and counts the rest', () => {
    const text = Array.from({ length: 30 }, (_, index) => `k${index}: 1`).join('\n')
    expect(() => check(text)).toThrow(/\n\.\.\. and 13 more$/)
  })

  it('escapes what a terminal would obey', () => {
    expect(() => check('name: ["\\e[31m"]\nsize: "\\e[31m"\nparts: []')).toThrow(
      'car.yaml:2: size: expected a number but received "\\u001b[31m"',
    )
  })
})
