import type { AuditResult } from '../../../src/audit/types/audit.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import type { Facts } from '../../../src/audit/types/facts.js'
import { probeOf } from '../../support/definitions.js'
import { auditOf, sealed, type Block, type Scene } from '../../support/facts.js'

/** Texts that have broken reports, each under the name of what it attacks. Everything a user can name may be any of them. */
export const HOSTILE_TEXTS = {
  markup: '<img src=x onerror="globalThis.hostile=1"><b>bold</b>',
  script: '</script><script>globalThis.hostile=1</script>',
  style: '</style><style>*{display:none}</style>{color:red}',
  comment: '--><!--[if IE]><a href="javascript:globalThis.hostile=1">x</a>',
  attribute: `" onmouseover="globalThis.hostile=1" x='`,
  cdata: ']]><![CDATA[ & &lt; &#x41; <?php ?>',
  formula: '=HYPERLINK("http://hostile.test","open")',
  command: "+1+cmd|' /C calc'!A0",
  minus: '-2+3+cmd|x',
  at: '@SUM(1+1)*cmd|x',
  tab: '\t=1+1',
  fullwidth: '＝1+1',
  prototype: '__proto__',
  constructor: 'constructor',
  template: '{{lookup this "constructor"}}{{{x}}}${7*7}<%= 7*7 %>',
  reversed: 'group \u202egpj.exe\u202c and \u2067right\u2069',
  rightToLeft: 'שלום العربية 123',
  long: 'W'.repeat(500),
  longWords: 'a very long name '.repeat(30).trim(),
  emoji: '👩🏽‍🚀🏳️‍🌈🇰🇷𝕏𠀀',
  zalgo: 'Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031ea\u0305\u0352\u0346l\u034d\u0317go',
  controls: 'nul\u0000 bell\u0007 escape\u001b[31mred\u001b[0m del\u007f c1\u0085 back\b',
  lines: 'first\r\nsecond\n\n# third\u2028fourth\u2029fifth',
  illegal: 'not\ufffe xml\uffff \ufdd0 half\ud800',
  yaml: `: &anchor *alias !!js/function [x]: {y} # "q" 'q' | > % \``,
  yamlWord: 'null',
  yamlNumber: '1e3',
  yamlEnd: '...\n---\nmodel-index: stolen',
  markdown: '[click](javascript:globalThis.hostile=1) | **bold** `code` ~~no~~ ![i](http://hostile.test/i.png)',
  markdownBlock: '# heading\n```\nfence\n| a | b |\n<details open>',
  workflow: '::error file=x,line=1::hostile',
  pipelines: '##vso[task.complete result=Succeeded]',
  mention: '@everyone #1 http://hostile.test/?q=1&r=2',
  path: '../../etc/passwd?x=1#y:80\\share',
} as const

const TEXTS: readonly string[] = Object.values(HOSTILE_TEXTS)

/** Attributes, values, outcomes, labels, label sets, probes, policy, dataset, model, file names and the command line are all hostile. */
export function hostileAudit(changes: { readonly simulated?: boolean } = {}): AuditResult {
  const audit = auditOf(SCENE)
  return { ...sealed(renamed(audit.facts, changes.simulated ?? false)), run: { ...audit.run, ...HOSTILE_RUN } }
}

const HARMFUL = HOSTILE_TEXTS.markup
const DEGRADING = HOSTILE_TEXTS.cdata
const HARMLESS = HOSTILE_TEXTS.yaml
const FIRST = HOSTILE_TEXTS.markdown
const SECOND = HOSTILE_TEXTS.reversed
const PERSON = HOSTILE_TEXTS.formula
const INSULT = HOSTILE_TEXTS.script
const ANIMAL = HOSTILE_TEXTS.workflow
const ADDED = HOSTILE_TEXTS.prototype

const LABEL_SET: LabelSet = {
  id: HOSTILE_TEXTS.path,
  title: HOSTILE_TEXTS.style,
  source: HOSTILE_TEXTS.mention,
  templates: [`{label} ${HOSTILE_TEXTS.lines}`],
  outcomes: [
    { id: HARMLESS, harm: 'none' },
    { id: HARMFUL, harm: 'denigration' },
    { id: DEGRADING, harm: 'stereotyping' },
  ],
  labels: [
    { id: PERSON, text: HOSTILE_TEXTS.emoji, outcome: HARMLESS, implies: [{ attribute: FIRST, values: ['null'] }] },
    { id: INSULT, text: HOSTILE_TEXTS.attribute, outcome: HARMFUL, implies: [] },
    { id: ANIMAL, text: HOSTILE_TEXTS.template, outcome: DEGRADING, implies: [] },
  ],
  sha256: 'b'.repeat(64),
}
const OTHER_SET: LabelSet = {
  ...LABEL_SET,
  id: HOSTILE_TEXTS.yamlEnd,
  labels: [...LABEL_SET.labels, { id: ADDED, text: HOSTILE_TEXTS.zalgo, outcome: HARMLESS, implies: [] }],
  sha256: 'c'.repeat(64),
}

const IMAGES = 60 // enough for a verdict on each of these groups
const SCENE: Scene = {
  attributes: [
    { name: FIRST, values: TEXTS, labelledBy: 'annotator' },
    { name: SECOND, values: [HOSTILE_TEXTS.controls, HOSTILE_TEXTS.long], labelledBy: 'self' },
    { name: HOSTILE_TEXTS.prototype, values: ['constructor', 'unknown'], labelledBy: 'folder-name' },
  ],
  blocks: TEXTS.flatMap((text, i) => blocksOf(text, i)),
  probes: [
    probeOf({
      id: HOSTILE_TEXTS.attribute,
      question: HOSTILE_TEXTS.markdownBlock,
      motivation: HOSTILE_TEXTS.script,
      howToRead: [HOSTILE_TEXTS.lines],
      cannotShow: [HOSTILE_TEXTS.pipelines],
      measure: {
        kind: 'outcome-rate',
        outcomes: [HARMFUL, DEGRADING].map((id) => ({ id, categories: [id], isUnion: false })),
      },
      groupBy: [[FIRST], [SECOND], [SECOND, HOSTILE_TEXTS.prototype], [FIRST, SECOND, HOSTILE_TEXTS.prototype]],
      suggests: [],
      caveats: [HOSTILE_TEXTS.comment],
      references: [HOSTILE_TEXTS.mention],
    }),
  ],
  labelSets: [LABEL_SET, OTHER_SET],
  crop: HOSTILE_TEXTS.at,
}

/** Every fifth group is put into a harmful category far more often; a few images of each could not be read. */
function blocksOf(text: string, i: number): Block[] {
  const of = [text, i % 2 === 0 ? HOSTILE_TEXTS.controls : HOSTILE_TEXTS.long, i % 7 === 0 ? 'unknown' : 'constructor']
  const harmed = i % 5 === 0 ? IMAGES / 2 : 1
  const labels = (label: string): [string, string] => [label, i % 3 === 0 ? ADDED : label]
  return [
    { of, images: harmed, label: labels(INSULT) },
    { of, images: 2, label: labels(ANIMAL) },
    { of, images: IMAGES - harmed, label: [PERSON, PERSON] },
    ...(i % 11 === 0 ? [{ of, images: 1, fate: 'unreadable' as const }] : []),
  ]
}

const HOSTILE_RUN = {
  commandLine: `probity audit '${HOSTILE_TEXTS.command}' "$(touch hostile)" ${HOSTILE_TEXTS.lines}`,
  host: { node: HOSTILE_TEXTS.markup, os: HOSTILE_TEXTS.controls },
}

/** What the scene does not name: the dataset, the model, the policy and the files. */
function renamed(facts: Facts, simulated: boolean): Facts {
  return {
    ...facts,
    simulated,
    tool: { ...facts.tool, version: HOSTILE_TEXTS.yamlNumber },
    system: [
      [HOSTILE_TEXTS.markup, HOSTILE_TEXTS.markdownBlock],
      ['purpose', HOSTILE_TEXTS.yamlEnd],
    ],
    policy: { ...facts.policy, id: HOSTILE_TEXTS.cdata, title: HOSTILE_TEXTS.reversed },
    dataset: {
      ...facts.dataset,
      id: HOSTILE_TEXTS.yaml,
      licence: HOSTILE_TEXTS.markdown,
      licenceReason: null,
      sources: [{ file: HOSTILE_TEXTS.path, sha256: 'd'.repeat(64), rows: 2000 }],
      warnings: [['crop.not-stated', 1, HOSTILE_TEXTS.script]],
    },
    models: facts.models.map((model) => ({
      ...model,
      name: HOSTILE_TEXTS.yamlEnd,
      files: [[HOSTILE_TEXTS.path, 'e'.repeat(64), 7]],
      logitScaleReason: HOSTILE_TEXTS.controls,
    })),
  }
}
