import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonSchemas } from '../audit/definitions/json-schemas.js'
import { PACKAGE_ROOT } from '../audit/definitions/locate.js'

// `npm run schemas`: writes schemas/*.json from the code. test/audit/definitions/json-schemas.test.ts holds that they are up to date.
const folder = join(PACKAGE_ROOT, 'schemas')
mkdirSync(folder, { recursive: true })
for (const { file, text } of jsonSchemas()) writeFileSync(join(folder, file), text)
process.stderr.write(`Wrote ${jsonSchemas().length} schemas to ${folder}\n`)
