import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT, shippedIds } from '../audit/definitions/locate.js'
import { describeProbes } from '../audit/definitions/probe-docs/describe-probes.js'
import { readProbe } from '../audit/definitions/shipped.js'

// `npm run docs`: writes docs/probes.md from probes/*.yaml. test/audit/definitions/probe-docs.test.ts holds that it is up to date.
const probes = shippedIds('probes').map((id) => readProbe(id))
writeFileSync(join(PACKAGE_ROOT, 'docs', 'probes.md'), describeProbes(probes))
process.stderr.write(`Wrote docs/probes.md: ${probes.length} probes\n`)
