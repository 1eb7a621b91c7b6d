import type { Command } from 'commander'
import type { CalibrateFlags } from '../run-calibrate-command.js'
import { localeOption } from '../locale-option.js'

const EXAMPLES = `
Examples:
  probity calibrate                                 at the group sizes of FairFace's validation images
  probity calibrate --groups run/audit.json         at the group sizes and with the limits of your own audit
  probity calibrate --groups run/audit.json --group-by race,gender --seed 7
  probity calibrate --quick                         a twentieth of the simulated audits, to see what it does

It opens no image and no model. Exit 1 when a target is missed.`

/** `probity calibrate`: audits the auditor. */
export function addCalibrate(program: Command): void {
  program
    .command('calibrate')
    .summary('audit the auditor: are intervals and verdicts right as often as promised?')
    .description(
      'Makes up audits whose true rates are known, puts them through the path of real ones, and measures coverage of every interval, wrong verdicts, power and recovery. Writes calibration.json and calibration.html.',
    )
    .option(
      '--groups <audit.json>',
      'group sizes and limits of this saved audit (default: FairFace validation, default limits)',
    )
    .option('--group-by <attributes>', 'which grouping of it, e.g. race,gender (default: the one with the most groups)')
    .option('--seed <number>', 'seed of the simulation', '1')
    .option('--quick', 'a twentieth of the simulated audits')
    .option('--out <folder>', 'where the results go', 'probity-calibration')
    .addOption(localeOption())
    .option('--json', 'print calibration.json instead of the table')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: CalibrateFlags) =>
      (await import('../run-calibrate-command.js')).calibrateFromCommandLine(flags),
    )
}
