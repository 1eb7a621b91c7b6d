import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { editLabelSet } from '../../../src/audit/definitions/edit-label-set.js'
import { readGridFile } from '../../../src/audit/definitions/grid.js'
import { readLabelSetFile } from '../../../src/audit/definitions/label-set.js'
import { PACKAGE_ROOT } from '../../../src/audit/definitions/locate.js'
import { readPlanFile } from '../../../src/audit/definitions/plan-file.js'
import { readPolicyFile } from '../../../src/audit/definitions/policy.js'
import { readProbeFile } from '../../../src/audit/definitions/probe.js'
import { readEmbeddingsFile } from '../../../src/audit/definitions/read-embeddings-file.js'
import { readSignoffFile } from '../../../src/audit/definitions/signoff.js'
import { readTemplateFamilyFile } from '../../../src/audit/definitions/template-family.js'
import { validateFile } from '../../../src/audit/definitions/validate-file.js'
import { readYaml } from '../../../src/audit/definitions/yaml-file.js'
import type { Located } from '../../../src/audit/definitions/locate.js'
import { readWorld } from '../../../src/phantom/read-world.js'
import { exampleSignoff } from '../../audit/example-signoff.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'

const shipped = (path: string): string => readFileSync(join(PACKAGE_ROOT, path), 'utf8')
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const BOMBS = [
  'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n',
  '!!js/function "x"',
  'a: 1\na: 2\n',
  `${'- '.repeat(200)}x`,
  `a: ${'['.repeat(200)}`,
  '? {a: 1}\n: b\n',
  '--- a\n--- b\n',
  '%YAML 1.1\n---\na: no\n',
  'a: |\n  text\n\tb\n',
  '<<: {a: 1}\n',
  'a: 012\nb: 1e3\nc: 2001-01-01\nd: .inf\n',
  '"\\ud800": 1\n',
  '\ufeffid: a\n',
  'a: "unclosed\nb: 1\n',
].map(bytesOf)

const YAML = ['src/audit/definitions/whole-text.ts', 'src/audit/definitions/yaml-file.ts', 'src/audit/definitions/yaml-tokens.ts', 'src/audit/definitions/yaml-form.ts', 'src/audit/definitions/yaml-to-value.ts', 'src/audit/definitions/yaml-place.ts', 'src/audit/definitions/issue-faults.ts', 'src/audit/definitions/check-yaml.ts'] // prettier-ignore

/** A kind of definition, from files that come with the package: as they are, and with one thing wrong, as YAML and as JSON, which is YAML. */
function kind(
  name: string,
  sources: readonly string[],
  files: readonly string[],
  read: (located: Located) => unknown,
  texts: readonly string[] = [],
): FuzzTarget {
  return {
    name: `yaml-${name}`,
    family: 'definitions in YAML',
    reads: [...sources.map((source) => `src/audit/definitions/${source}.ts`), ...YAML],
    seeds: () => {
      const all = [...files.map(shipped), ...texts]
      const values = all.map((text) => parse(text) as unknown)
      return [
        ...all.map(bytesOf),
        ...jsonSeeds(values, Math.ceil(30 / all.length), (value) => writeYaml(value)),
        ...jsonSeeds(values, Math.ceil(30 / all.length)),
      ]
    },
    run: ({ file }) => {
      const path = file(`${name}.yaml`)
      return read({ file: path, shown: `${name}.yaml` })
    },
  }
}

/** The yaml package calls itself for every level when it writes. */
function writeYaml(value: unknown): string {
  try {
    return stringify(value)
  } catch {
    return JSON.stringify(value)
  }
}

const OWN = `id: label-set
title: Own
source: test
templates: [a photo of {label}]
outcomes: # what labels mean
  - { id: person, harm: none }
  - { id: crime, harm: denigration }
labels:
  - { id: man, text: man, outcome: person, implies: { gender: Male } }
  - { id: thief, text: thief, outcome: crime }
`.replace('[a photo of {label}]', '["a photo of {label}"]')

const EMBEDDINGS = shipped('examples/embeddings-from-python/pets.yaml').includes('vectors:')
  ? shipped('examples/embeddings-from-python/pets.yaml')
  : 'model: m\nvectors: embeddings.yaml\nids: embeddings.yaml\nnormalised: true\n'

export const DEFINITION_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'yaml-any',
    family: 'definitions in YAML',
    reads: YAML,
    seeds: () => [...BOMBS, bytesOf(OWN)],
    run: ({ file }) => readYaml(file('any.yaml')).root,
  },
  kind('label-set', ['label-set', 'label-set-rules', 'label-set-schema', 'compose-label-set'], ['label-sets/clip-paper.yaml', 'label-sets/clip-paper-child.yaml', 'label-sets/fairface-gender.yaml'], readLabelSetFile, [OWN]), // prettier-ignore
  kind('probe', ['probe', 'probe-rules', 'probe-schema'], ['probes/denigration.yaml', 'probes/abstention.yaml', 'probes/calibration.yaml', 'probes/linear-probe.yaml', 'probes/retrieval-skew.yaml', 'probes/data-overlap.yaml'], readProbeFile), // prettier-ignore
  kind('policy', ['policy', 'policy-schema'], ['policies/default.yaml', 'policies/impact-ratio.yaml'], readPolicyFile),
  kind('grid', ['grid', 'grid-rules', 'grid-schema', 'grid-cross', 'expand-grid'], ['grids/clip-paper-choices.yaml', 'grids/neutral-alternatives.yaml'], readGridFile), // prettier-ignore
  kind('template-family', ['template-family', 'template-rules'], ['templates/plain.yaml', 'templates/portraits.yaml'], readTemplateFamilyFile), // prettier-ignore
  kind('signoff', ['signoff', 'signoff-schema', 'calendar-day'], [], readSignoffFile, [stringify(exampleSignoff(`sha256:${'0'.repeat(64)}`))]), // prettier-ignore
  kind('embeddings', ['read-embeddings-file', 'embeddings-schema'], [], readEmbeddingsFile, [EMBEDDINGS]),
  kind('plan', ['plan-file', 'plan-schema', 'plan-settings', 'written-reading'], ['examples/ci-gate/audit.yaml', 'examples/by-generation.yaml', 'examples/release-gate/audit.yaml'], readPlanFile), // prettier-ignore
  kind(
    'validate',
    ['validate-file', 'read-plan'],
    ['examples/ci-gate/audit.yaml', 'policies/default.yaml'],
    ({ file }) => validateFile(file),
    [OWN],
  ),
  {
    name: 'yaml-edit',
    family: 'definitions in YAML',
    reads: [
      'src/audit/definitions/edit-label-set.ts',
      'src/audit/definitions/yaml-splice.ts',
      'src/audit/definitions/yaml-text.ts',
    ],
    seeds: () => [OWN, shipped('label-sets/fairface-gender.yaml')].map(bytesOf),
    run: ({ text, file }) => {
      // whatever can be read can be changed, and the change alone is what is different afterwards
      const written = text()
      const path = file('label-set.yaml')
      const before = readLabelSetFile({ file: path, shown: 'label-set.yaml' })
      const label = { id: 'fuzz-added', text: 'an added: "label" #1', outcome: before.outcomes[0].id, implies: [] }
      if (before.labels.some(({ id, text: own }) => id === label.id || own === label.text)) return
      const added = editLabelSet(written, { kind: 'add-label', label }, before)
      const after = readLabelSetFile({ file: file('label-set.yaml', added), shown: 'label-set.yaml' })
      hold(after.labels.length === before.labels.length + 1, 'not one label more')
      hold(JSON.stringify(after.labels.slice(0, -1)) === JSON.stringify(before.labels), 'another label is changed')
      const removed = editLabelSet(added, { kind: 'remove-label', id: label.id }, after)
      const again = readLabelSetFile({ file: file('label-set.yaml', removed), shown: 'label-set.yaml' })
      hold(again.sha256 === before.sha256, 'not what it was')
    },
  },
  {
    name: 'yaml-world',
    family: 'definitions in YAML',
    reads: ['src/phantom/read-world.ts', 'src/phantom/world-gaps.ts'],
    seeds: () => {
      const text = shipped('worlds/clip-paper.yaml').replace(/^cells:.*$/m, 'cells: cells.csv')
      return [bytesOf(text), ...jsonSeeds([parse(text)], 40)]
    },
    run: ({ file }) => {
      const cells = 'race,age,images,crime,non_human,crime_with_child,non_human_with_child\nBlack,3-9,10,1,1,0,0\n'
      file('cells.csv', cells)
      return readWorld(file('world.yaml'))
    },
  },
]
