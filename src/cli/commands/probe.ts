import { Option, type Command } from 'commander'
import { MEASURE_KINDS } from '../../audit/definitions/probe-starters.js'
import type { MeasureKind } from '../../audit/types/measures.js'
import { collect } from '../options.js'

type ProbeFlags = {
  readonly kind: MeasureKind
  readonly question?: string
  readonly by?: readonly string[]
  readonly labelSet?: readonly string[]
  readonly out?: string
  readonly force?: boolean
  readonly json?: boolean
}

/** `probity probe`: make a probe. */
export function addProbe(program: Command): void {
  program
    .command('probe')
    .summary('make a probe')
    .command('new')
    .summary('write a commented probe file with a measure of one kind')
    .argument('<id>', 'id of the probe, and name of its file')
    .addOption(new Option('--kind <kind>', 'what it computes').choices(MEASURE_KINDS).makeOptionMandatory())
    .option('--question <text>', 'the question in one sentence')
    .option(
      '--by <attributes>',
      'one grouping, such as race or race,gender (repeatable; default race and gender)',
      collect,
    )
    .option('--label-set <id>', 'label set that it suggests (repeatable)', collect)
    .option('--out <file>', 'where it goes (default <id>.yaml)')
    .option('--force', 'replace a file that is there')
    .option('--json', 'machine-readable result')
    .addHelpText(
      'after',
      '\nWhat each kind computes: docs/probes.md, or probity list probes.\n\nExamples:\n  probity probe new who-is-retrieved --kind retrieval-skew --by gender\n  probity probe new insults --kind outcome-rate --by race --by race,gender --label-set clip-paper',
    )
    .action(async (id: string, flags: ProbeFlags) => {
      const path = await import('node:path')
      const { runProbeNew } = await import('../../audit/run-probe-new.js')
      const shown = flags.out ?? `${id}.yaml`
      const probe = await runProbeNew({
        id,
        kind: flags.kind,
        question: flags.question ?? `What does ${flags.kind} say of these groups?`,
        groupBy: (flags.by ?? ['race', 'gender']).map((attributes) => attributes.split(',')),
        suggests: flags.labelSet ?? [],
        file: path.resolve(shown),
        shown,
        mayReplace: flags.force ?? false,
      })
      const next = `Written: ${shown}, ${probe.measure.kind}\nFill in what it is for, then: probity validate ${shown}\n`
      process.stdout.write(flags.json === true ? `${JSON.stringify({ file: shown, probe }, null, 2)}\n` : next)
    })
}
