import type { Probe } from '../../types/definitions.js'
import { inputsOf, titleOfKind } from './kinds-in-words.js'

/** `docs/probes.md`: every shipped probe in the words of its own file. Generated, so that the two cannot drift apart. */
export function describeProbes(probes: readonly Probe[]): string {
  return [
    '<!-- Generated from probes/*.yaml by: npm run docs. Change the probe, not this page. -->',
    '',
    '# Probes',
    '',
    'A probe is a question put to a model over a dataset: a measure, the groupings, and the label sets that it suggests. Name one with',
    '`--probe <id>` (several are asked together), see one with `probity show <id>`, make one with `probity probe new <id> --kind <kind>`.',
    '',
    '| Probe | Status | Looks at | Question |',
    '| --- | --- | --- | --- |',
    ...probes.map(
      ({ id, status, evidence, question }) => `| [\`${id}\`](#${id}) | ${status} | ${evidence} | ${cell(question)} |`,
    ),
    '',
    'A probe that looks at scores, embeddings, captions or transformed images needs a model; decisions made elsewhere are not enough for it,',
    'and it takes one model at a time.',
    ...probes.flatMap(sectionOf),
    '',
  ].join('\n')
}

function sectionOf(probe: Probe): string[] {
  const { id, status, question, motivation, measure, groupBy, suggests, evidence } = probe
  return [
    '',
    `## ${id}`,
    '',
    `**${question}**`,
    ...(motivation === '' ? [] : ['', motivation]),
    '',
    `- Status: ${status}`,
    `- Measure: \`${measure.kind}\` (${titleOfKind(measure.kind)}); it looks at ${evidence}`,
    `- By: ${groupBy.map((attributes) => attributes.join(' × ')).join('; ')}`,
    `- Run it: \`probity audit --model MODEL --dataset ... --probe ${id}${inputsOf(measure.kind)}\``,
    `- Label sets when none is named: ${suggests.length === 0 ? 'none' : suggests.map((each) => `\`${each}\``).join(', ')}`,
    ...listed('How to read it', probe.howToRead),
    ...listed('What it cannot show', probe.cannotShow),
    ...listed('Caveats', probe.caveats),
    ...listed('Published figures beside ours', [
      ...new Set([...probe.published, ...probe.publishedTables].map(({ source }) => source)),
    ]),
    ...listed('References', probe.references),
  ]
}

function listed(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${heading}:`, '', ...lines.map((line) => `- ${line}`)]
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
