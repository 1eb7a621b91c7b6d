import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { testEnvironment } from '../e2e/run-cli.js'
import { badInputs } from './bad-input.js'
import { refused } from './refused.js'
import { DECISIONS, LABELS, LABEL_SET, textAudit } from './text-audit.js'

const { folder, file } = textAudit()
chmodSync(folder, 0o755) // entered, but not written, by whoever runs the audit
for (const shut of [file('shut.csv', LABELS), file('said.csv', DECISIONS), file('shut/mine.yaml', LABEL_SET)])
  chmodSync(shut, 0)

const NOBODY = 65534
const flags = (given: Readonly<Record<string, string>>): string[] =>
  Object.entries({ labels: 'labels.csv', 'from-decisions': 'decisions.csv', 'label-set': './mine.yaml', ...given }).flatMap(([name, path]) => [`--${name}`, path]) // prettier-ignore

badInputs(
  23,
  [
    ['a label file that may not be read', flags({ labels: 'shut.csv' }), /shut\.csv: .*may not be read/],
    ['decisions that may not be read', flags({ 'from-decisions': 'said.csv' }), /said\.csv: .*may not be read/],
    ['a label set that may not be read', flags({ 'label-set': 'shut/mine.yaml' }), /mine\.yaml: .*may not be read/],
  ],
  (given, message) => {
    const args = ['audit', '--dataset', 'csv', '--map', 'image=file', '--map', 'race=race', '--probe', './apes.yaml', '--out', join('/tmp', `probity-of-nobody-${process.pid}`), ...given] // prettier-ignore
    const env = { ...testEnvironment(), HOME: '/nonexistent' }
    refused(args, message, process.getuid?.() === 0 ? { cwd: folder, env, uid: NOBODY, gid: NOBODY } : { cwd: folder, env }) // prettier-ignore
  },
)
