import { auditId } from '../../../src/audit/audit-file/audit-id.js'
import { canonicalJson } from '../../../src/audit/audit-file/canonical-json.js'
import { readResult } from '../../../src/audit/audit-file/read-result.js'
import { auditSchema, parseAudit } from '../../../src/audit/definitions/audit-schema.js'
import { parseCurve } from '../../../src/audit/definitions/curve-schema.js'
import { parsePullRecord } from '../../../src/audit/definitions/pull-record-schema.js'
import { savedSchemaOf } from '../../../src/audit/definitions/saved-form.js'
import { fitting } from '../../../src/audit/definitions/shape.js'
import { shapeOfSchema } from '../../../src/audit/definitions/shape-of-schema.js'
import { sampleAudit } from '../../audit/definitions/sample-audit.js'
import { exampleCurve } from '../../audit/report/example-curve.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'

const SAVED = [
  'src/audit/definitions/saved-file.ts',
  'src/audit/definitions/saved-form.ts',
  'src/audit/definitions/issue-faults.ts',
  'src/audit/definitions/json-form.ts',
]
const fitsAudit = fitting(shapeOfSchema(auditSchema))
const FOUND = 'a'.repeat(64)

const PULLED = {
  schema: 'probity/pull@1',
  kind: 'model',
  endpoint: 'https://huggingface.co',
  id: 'org/name',
  asked: 'main',
  revision: 'a'.repeat(40),
  licence: 'mit',
  licenceReason: null,
  gated: false,
  pulledUtc: '2026-11-27T00:00:00Z',
  files: [['config.json', FOUND, 7]],
}

export const SAVED_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'audit-json',
    family: 'saved results in JSON',
    reads: [...SAVED, 'src/audit/definitions/audit-schema.ts', 'src/audit/audit-file/canonical-json.ts', 'src/audit/audit-file/read-result.ts', 'src/audit/audit-file/saved-audit.ts', 'src/audit/definitions/audit-form.ts', 'src/audit/definitions/shape.ts', 'src/audit/definitions/saved-text.ts', 'src/audit/definitions/whole-text.ts'], // prettier-ignore
    seeds: () => jsonSeeds([sampleAudit()], 120),
    run: async ({ text, file }) => {
      savedSchemaOf(text())
      const audit = parseAudit(text(), 'audit.json')
      hold(fitsAudit(audit), 'what was read has not the shape')
      const { result } = await readResult(file('audit.json'))
      hold(canonicalJson(result) === canonicalJson(audit), 'read in two ways, it is not the same')
      hold(/^sha256:[0-9a-f]{64}$/.test(auditId(audit.facts, audit.derived)), 'an id that is none')
      hold(
        canonicalJson(JSON.parse(canonicalJson(audit))) === canonicalJson(audit),
        'written and read again, it is not the same',
      )
    },
  },
  {
    name: 'curve-json',
    family: 'saved results in JSON',
    reads: [...SAVED, 'src/audit/definitions/curve-schema.ts'],
    seeds: () => jsonSeeds([exampleCurve()], 60),
    run: ({ text }) => parseCurve(text(), 'curve.json'),
  },
  {
    name: 'pull-json',
    family: 'saved results in JSON',
    reads: [...SAVED, 'src/audit/definitions/pull-record-schema.ts'],
    seeds: () => jsonSeeds([PULLED], 60),
    run: ({ text }) => parsePullRecord(text(), 'probity-pull.json'),
  },
]
