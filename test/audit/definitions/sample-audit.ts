import type { Estimate } from '../../../src/audit/types/estimates.js'
import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { Comparison, RateRecord } from '../../../src/audit/types/derived.js'
import type { Family } from '../../../src/audit/types/facts.js'
import type { Group } from '../../../src/audit/types/groups.js'

const BLACK: Group = [['race', 'Black']]
const SHA = 'a'.repeat(64)

const FAMILY: Family = {
  id: 'f1',
  evidence: 'e1',
  labelSet: 'two',
  groupBy: ['race'],
  outcomes: ['crime'],
  reference: { kind: 'rest' },
  alpha: 0.05,
  m: 1,
  size: 1,
  minimum: 30,
  adjustment: 'bonferroni',
  margin: { difference: 0.01, ratio: 1.25 },
}

const RATE: RateRecord = {
  id: 'r1',
  probe: 'denigration',
  evidence: 'e1',
  labelSet: 'two',
  outcome: 'crime',
  groupBy: ['race'],
  group: BLACK,
  count: 10,
  total: 40,
  value: 0.25,
  interval: [0.14, 0.4],
  method: 'wilson',
}

const COMPARISON: Comparison = {
  value: null,
  reason: 'zero-reference-rate',
  interval: [2, null],
  unbounded: true,
  method: 'score',
  adjusted: null,
  adjustedReason: 'few-events',
}

const OF = { family: 'f1', probe: 'denigration', evidence: 'e1', labelSet: 'two', outcome: 'crime', groupBy: ['race'] }

const ESTIMATES: readonly Estimate[] = [
  {
    kind: 'spread',
    ...OF,
    groups: 2,
    highest: BLACK,
    lowest: null,
    reason: 'single-group',
    measures: [
      { measure: 'gap', value: 0.1, parity: { centre: 0.02, percentile95: 0.05, p: 0.001 } },
      { measure: 'max-min-ratio', value: null, reason: 'zero-reference-rate', parity: { centre: 2, percentile95: null, unbounded: true, p: 0.5 } }, // prettier-ignore
      { measure: 'max-geometric-mean', value: 3, smoothed: true, parity: null, parityReason: 'repeated-subjects' },
    ],
    equalRates: { statistic: 9.5, degreesOfFreedom: 1, p: 0.002, method: 'chi-squared' },
    draws: 9_999,
  },
  {
    kind: 'shrunken',
    ...OF,
    mean: 0.1,
    strength: 13,
    complete: false,
    rates: [{ rate: 'r1', value: 0.12, interval: [0.1, 0.14] }],
  },
  {
    kind: 'standardised',
    ...OF,
    over: ['age'],
    group: BLACK,
    reference: null,
    strata: 9,
    strataLeftOut: 1,
    imagesLeftOut: 4,
    rates: [{ value: 0.2, interval: null, intervalReason: 'repeated-subjects' }, { value: 0.1, interval: [0.05, 0.15] }], // prettier-ignore
    difference: { value: 0.1, interval: null, intervalReason: 'repeated-subjects' },
    common: null,
    commonReason: 'no-variation',
    sameInAllStrata: { p: null, reason: 'no-variation' },
  },
]

/** A small audit with one of everything, for tests of reading; its numbers mean nothing. */
export function sampleAudit(): AuditResult {
  return {
    schema: 'probity/audit@1',
    auditId: `sha256:${SHA}`,
    facts: {
      simulated: false,
      tool: { name: 'probity', version: '0.1.0' },
      plan: { sha256: SHA },
      policy: {
        id: 'default',
        title: 'Limits',
        alpha: 0.05,
        minimumImages: 30,
        margin: { difference: 0.01, ratio: 1.25 },
        adjustment: 'bonferroni',
        nearTie: 1e-4,
        quarantineLimit: 0.01,
        permutations: 9_999,
        failOn: ['disparity'],
        sha256: SHA,
      },
      system: [['purpose', 'none']],
      seed: 1,
      nearTie: 1e-4,
      reference: { kind: 'named', group: [['race', 'White']] },
      dataset: {
        id: 'staff',
        crop: null,
        cropReason: 'not stated',
        manifestSha256: SHA,
        licence: null,
        licenceReason: 'not stated',
        sources: [{ file: 'labels.csv', sha256: SHA, rows: 80 }],
        attributes: [{ name: 'race', labelledBy: 'annotator', values: ['Black', 'White'], unknown: 0 }],
        rows: { in: 80, processed: 78, quarantined: 1, excluded: 1 },
        subjects: null,
        subjectsReason: 'no column',
        duplicates: { contents: 1, images: 2, acrossGroups: 1 },
        duplicatesReason: null,
        warnings: [['crop.not-stated', 1, 'The crop is not stated.']],
        suppression: { minDisclosed: null, reason: 'public data' },
        cellAttributes: ['race'],
        cells: [
          { group: BLACK, in: 40, processed: 40, excluded: [], quarantined: [] },
          {
            group: [['race', 'White']],
            in: 40,
            processed: 38,
            excluded: [['where race', 1]],
            quarantined: [['image.truncated', 1]],
          },
        ],
      },
      models: [
        {
          id: 'm1',
          name: 'a model',
          sha256: SHA,
          files: [['onnx/vision_model.onnx', SHA, 100]],
          dim: 8,
          logitScale: null,
          logitScaleReason: 'not in the export',
          batchInvariant: true,
        },
      ],
      evidence: [
        {
          id: 'e1',
          model: 'm1',
          kind: 'embeddings',
          preprocessing: {
            sha256: SHA,
            resample: 'bicubic',
            resize: 'exact',
            size: '224',
            crop: '224x224',
            mean: [0.5, 0.5, 0.5],
            std: [0.5, 0.5, 0.5],
            exif: 'ignored',
          },
          embeddedWith: [{ threads: 2, batch: 16, onnxruntime: '1.30.0', libvips: '8.18.7' }],
        },
        {
          id: 'e2',
          model: null,
          modelReason: 'decisions-only',
          kind: 'decisions',
          source: { file: 'decisions.csv', sha256: SHA, rows: 80 },
        },
      ],
      labelSets: [
        {
          id: 'two',
          title: 'Two labels',
          source: 'ours',
          sha256: SHA,
          templates: ['{label}'],
          promptsSha256: SHA,
          outcomes: [['crime', 'denigration']],
          labels: [
            { id: 'thief', text: 'a thief', outcome: 'crime', implies: [{ attribute: 'race', values: ['White'] }] },
          ],
        },
      ],
      probes: [
        {
          id: 'denigration',
          sha256: SHA,
          question: 'Is it so?',
          motivation: '',
          howToRead: [],
          cannotShow: [],
          counted: [],
          publishedTables: [],
          measure: { kind: 'outcome-rate', outcomes: [{ id: 'crime', categories: ['crime'], isUnion: false }] },
          groupBy: [['race']],
          standardise: [{ groupBy: ['race'], over: ['age'] }],
          derive: [{ id: 'age-19', from: 'age', groups: [{ value: '0-19', values: ['0-2'] }] }],
          notApplicable: [{ labelSet: null, groupBy: ['age-19'], reason: 'attribute-absent', missing: 'age' }],
          families: [FAMILY],
          published: [
            {
              id: 't',
              source: 's',
              labelSet: 'two',
              outcome: 'crime',
              attribute: 'race',
              figures: [
                { value: 'Black', figure: { kind: 'percent', text: '14.4', decimals: 1 } },
                { value: 'White', figure: { kind: 'counts', count: 1, total: 2 } },
              ],
              neverComparable: null,
              conditions: { crop: '0.25', promptsSha256: SHA },
              note: null,
            },
          ],
          caveats: ['c'],
          references: ['r'],
        },
      ],
      failureFamilies: [],
      subjectCounts: [
        {
          family: 'f1',
          outcome: 'crime',
          groups: [{ subjects: 20, squaredCounts: 14, crossProducts: 22, squaredImages: 90 }],
          rests: [{ subjects: 19, squaredCounts: 0, crossProducts: 0, squaredImages: 76 }],
          everyone: { subjects: 39, squaredCounts: 14, crossProducts: 22, squaredImages: 166 },
        },
      ],
      observations: [],
      tallies: [
        {
          evidence: 'e1',
          labelSet: 'two',
          group: BLACK,
          total: 40,
          undecided: 0,
          counts: [['thief', 10]],
          nearTies: [['thief', 'crime', 1]],
          nearTiesReason: null,
          exactTies: null,
          exactTiesReason: 'decisions-only',
        },
      ],
      paired: [],
      joint: [],
      ablations: [],
    },
    derived: {
      distributions: [
        {
          evidence: 'e1',
          labelSet: 'two',
          attribute: 'race',
          rows: [{ value: 'Black', total: 40, counts: [['thief', 10, true]] }],
        },
      ],
      rates: [
        RATE,
        { ...RATE, id: 'r2', group: null, restOf: 'r1', total: 0, value: null, interval: null, reason: 'no-images' },
      ],
      contrasts: [
        {
          id: 'c1',
          kind: 'groups',
          probe: 'denigration',
          family: 'f1',
          evidence: null,
          labelSet: null,
          outcome: 'crime',
          groupBy: ['race'],
          sides: [
            { group: BLACK, rate: 'r1' },
            { reference: { kind: 'rest' }, group: null, rate: 'r2' },
          ],
          difference: { value: 0.1, interval: [0, 0.2], method: 'newcombe', adjusted: [-0.1, 0.3] },
          ratio: COMPARISON,
          level: 0.05 / 14,
          direction: 'higher',
          margins: [0.1, 0.2],
          p: null,
          pReason: 'zero-margin',
          pMethod: 'margin',
          q: null,
          qReason: 'group-too-small',
          exactP: 0.5,
          detectableRate: null,
          detectableRateReason: 'not-detectable',
          needed: 400,
          labelErrors: { fewest: 3, randomShare: null, randomShareReason: 'only-hidden' },
        },
      ],
      estimates: ESTIMATES,
      changes: [],
      changeContrasts: [],
      flowTests: [],
      tables: [],
      jointTests: [],
      ablations: [],
      agreement: [],
      findings: [
        {
          id: 'F-001',
          contrast: 'c1',
          verdict: { kind: 'inconclusive', reason: 'near-ties-decide' },
          asDecided: { kind: 'disparity', direction: 'higher' },
          harm: 'denigration',
          severity: null,
          severityReason: 'no-disparity',
          caveats: [],
          fingerprint: SHA,
          message: { id: 'gate.passed', values: [['k', 10], ['name', 'Black'], ['none', null]] }, // prettier-ignore
        },
        {
          id: 'F-002',
          contrast: 'c1',
          verdict: { kind: 'insufficient', reason: 'group-too-small', total: 3, minimum: 30 },
          asDecided: { kind: 'within-margin', settledBy: 'difference' },
          harm: 'none',
          severity: 'minor',
          caveats: [],
          fingerprint: SHA,
          message: { id: 'gate.passed', values: [] },
        },
      ],
      summary: {
        verdicts: [['disparity', 'higher', 1], ['inconclusive', null, 1]], // prettier-ignore
        largest: ['F-001'],
        undecided: [['e', 'two', 0, 10]],
        ties: [['e', 'two', null, 0]],
      },
      published: [
        {
          evidence: 'e1',
          table: 't',
          source: 's',
          probe: 'denigration',
          labelSet: 'two',
          outcome: 'crime',
          group: BLACK,
          figure: { kind: 'percent', text: '14.4', decimals: 1 },
          rate: null,
          rateReason: 'design-not-run',
          status: 'not-comparable',
          statusReason: 'crop not stated',
        },
      ],
      notMeasured: [{ what: 'disability', why: 'no labels' }],
      gate: { result: 'failed', reasons: [{ id: 'gate.passed', values: [['n', 1], ['name', 'y']] }], findings: ['F-001'] }, // prettier-ignore
    },
    run: {
      createdUtc: '2030-01-01T00:00:00Z',
      durations: [['embed', 1.5]],
      cacheHits: 0,
      commandLine: 'probity audit',
      host: { node: 'v20.20.2', os: 'linux' },
    },
  }
}
