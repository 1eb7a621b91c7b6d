import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type AnySchema } from 'ajv'
import formats from 'ajv-formats'
import { validateXML } from 'xmllint-wasm'
import { parse } from 'yaml'

const SCHEMAS = join(import.meta.dirname, '../../../fixtures/schemas')

/** What is wrong with a JUnit file by test/fixtures/schemas/junit.xsd, line by line; empty where nothing is. */
export async function junitFaults(xml: string): Promise<readonly string[]> {
  const schema = readFileSync(join(SCHEMAS, 'junit.xsd'), 'utf8')
  const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents: xml }], schema: [schema] })
  return errors.map(({ message }) => message)
}

/** What is wrong with a SARIF file by the schema that Microsoft publishes. */
export function sarifFaults(text: string): readonly string[] {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(join(SCHEMAS, 'sarif-2.1.0.json'), 'utf8')) as {
    readonly $schema: string
    readonly id: string
  }
  if (!$schema.includes('draft-04') || !id.includes('sarif-2.1.0')) throw new Error('another schema than expected')
  return jsonFaults(schema, JSON.parse(text)) // it uses nothing in which draft-04 and draft-07 differ
}

/** What is wrong with a value by a JSON Schema. */
export function jsonFaults(schema: AnySchema, value: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }) // the published patterns need it so
  formats.default(ajv)
  const validate = ajv.compile(schema)
  void validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`)
}

/** What is wrong with the metadata at the head of a Hugging Face model card. */
export function modelIndexFaults(card: string): readonly string[] {
  return jsonFaults(ours('model-index.json'), cardMetadata(card))
}

/** What is wrong with a card of Model Card Toolkit. */
export function toolkitFaults(json: string): readonly string[] {
  return jsonFaults(ours('model-card.json'), JSON.parse(json))
}

/** The YAML at the head of a card, read as the Hub reads it: between the first two fences. */
export function cardMetadata(card: string): unknown {
  const [, yaml] = /^---\n([\s\S]*?)\n---\n/.exec(card) ?? []
  return parse(yaml ?? '')
}

function ours(name: string): AnySchema {
  return JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8')) as AnySchema
}
