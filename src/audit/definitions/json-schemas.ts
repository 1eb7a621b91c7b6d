import { z } from 'zod'
import { auditSchema } from './audit-schema.js'
import { comparisonSchema } from './comparison-schema.js'
import { curveSchema } from './curve-schema.js'
import { embeddingsSchema } from './embeddings-schema.js'
import { gridSchema } from './grid-schema.js'
import { labelSetSchema } from './label-set-schema.js'
import { planSchema } from './plan-schema.js'
import { policySchema } from './policy-schema.js'
import { probeSchema } from './probe-schema.js'
import { publishedSchema } from './published-schema.js'
import { pullRecordSchema } from './pull-record-schema.js'
import { signoffSchema } from './signoff-schema.js'
import { templateFamilySchema } from './template-family-schema.js'

/** The JSON Schemas (draft 2020-12) of every file that a user writes or reads: file name in `schemas/` and its text. */
export function jsonSchemas(): readonly { readonly file: string; readonly text: string }[] {
  return [
    { file: 'label-set.schema.json', text: schemaText(labelSetSchema) },
    { file: 'probe.schema.json', text: schemaText(probeSchema) },
    { file: 'policy.schema.json', text: schemaText(policySchema) },
    { file: 'template-family.schema.json', text: schemaText(templateFamilySchema) },
    { file: 'grid.schema.json', text: schemaText(gridSchema) },
    { file: 'embeddings.schema.json', text: schemaText(embeddingsSchema) },
    { file: 'audit-plan.schema.json', text: schemaText(planSchema) },
    { file: 'audit.schema.json', text: schemaText(auditSchema) },
    { file: 'curve.schema.json', text: schemaText(curveSchema) },
    { file: 'comparison.schema.json', text: schemaText(comparisonSchema) },
    { file: 'published.schema.json', text: schemaText(publishedSchema) },
    { file: 'signoff.schema.json', text: schemaText(signoffSchema) },
    { file: 'pull.schema.json', text: schemaText(pullRecordSchema) },
  ]
}

function schemaText(schema: z.ZodType): string {
  return `${JSON.stringify(toJsonSchema(schema), null, 2)}\n`
}

function toJsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    // a Map is a mapping whose keys are the user's own words; JSON Schema calls that additionalProperties
    unrepresentable: ({ zodSchema }) => (zodSchema instanceof z.ZodMap ? mapping(zodSchema) : 'throw'),
  })
}

function mapping(map: z.ZodMap): z.core.JSONSchema.BaseSchema {
  const values = toJsonSchema(map.valueType as z.ZodType) // every schema here is zod classic
  delete values.$schema // only the outermost schema names its draft
  return { type: 'object', additionalProperties: values }
}
