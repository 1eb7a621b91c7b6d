import { Command } from 'commander'
import { addAudit } from './commands/audit.js'
import { addCalibrate } from './commands/calibrate.js'
import { addCurve } from './commands/curve.js'
import { addCompare } from './commands/compare.js'
import { addDataset } from './commands/dataset.js'
import { addDemo } from './commands/demo.js'
import { addDoctor } from './commands/doctor.js'
import { addEmbed } from './commands/embed.js'
import { addGate } from './commands/gate.js'
import { addLabelSet } from './commands/label-set.js'
import { addProbe } from './commands/probe.js'
import { addList } from './commands/list.js'
import { addOverlap } from './commands/overlap.js'
import { addMerge } from './commands/merge.js'
import { addModel } from './commands/model.js'
import { addPlan } from './commands/plan.js'
import { addPolicy } from './commands/policy.js'
import { addPublish } from './commands/publish.js'
import { addReport } from './commands/report.js'
import { addShow } from './commands/show.js'
import { addSignoff } from './commands/signoff.js'
import { addStore } from './commands/store.js'
import { addValidate } from './commands/validate.js'
import { addVerify } from './commands/verify.js'
import { addWorker } from './commands/worker.js'
import { version } from '../library/version.js'

const EXAMPLES = `
Examples:
  probity demo                                      an audit of simulated data, offline, in a minute
  probity audit --model clip-vit-b32 --dataset fairface --images fairface \\
                --labels fairface/fairface_label_val.csv --out run
  probity audit --from-embeddings vectors ...       vectors made elsewhere; --from-decisions for decisions
  probity plan --model clip-vit-b32 ...             what it will take: time, memory, disk, cost
  probity embed --model clip-vit-b32 ...            the vectors alone, once: audits then open no image
  probity merge --store /shared/store               the shards of embed --shard: is every one done?
  probity report run/audit.json --format html       write the report again, without running
  probity signoff new run/audit.json                who stands behind the report: draft until it is signed
  probity publish run/audit.json --out for-the-web  private data: rates without small counts
  probity compare before/audit.json after/audit.json
                                                    what became of each finding, and what else differs
  probity curve clip-paper-choices --model m ...    one label set asked in many ways: what hangs on the wording?
  probity label-set lint mine.yaml                  what is wrong with the words of a class design
  probity show images run/audit.json --group race=Black --outcome non-human --label-set clip-paper
                                                    the images behind a count, after audit --decisions
  probity gate run/audit.json                       does it keep to the limits of its policy? exit code for CI
  probity verify run/audit.json                     derive rates and verdicts again from the counts
  probity list                                      what is shipped: probes, label sets, policies
  probity calibrate                                 audit the auditor: is it right as often as it says?

Results go to stdout, progress to stderr.
Exit codes: 0 ran (and passed) · 1 a gate failed · 2 bad usage or definition · 3 evidence incomplete · 70 a fault of Probity itself · 130 interrupted
Ctrl-C while images are embedded keeps them and prints the command that goes on; twice stops at once. See docs/exit-codes.md`

/** The command line. Every command loads what it needs when it runs, so that help answers at once. */
export function buildProgram(): Command {
  const program = new Command('probity')
    .description('Audits CLIP-style zero-shot image classifiers for biased misclassification.')
    .version(version(), '-V, --version', 'print the version')
    .option('--debug', 'show stack traces')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError()
    .showHelpAfterError('(run with --help for the options and examples)')
    .exitOverride()
  const commands = [
    addDemo,
    addAudit,
    addCurve,
    addPlan,
    addEmbed,
    addMerge,
    addWorker,
    addOverlap,
    addReport,
    addSignoff,
    addPublish,
    addCompare,
    addGate,
    addVerify,
    addList,
    addShow,
    addValidate,
    addLabelSet,
    addProbe,
    addPolicy,
    addModel,
    addDataset,
    addStore,
    addCalibrate,
  ]
  for (const add of [...commands, addDoctor]) add(program)
  return program
}
