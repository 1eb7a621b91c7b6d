import { groupingsOfAudit, fairfaceGroupings } from '../audit/calibration-sizes.js'
import { readPolicy } from '../audit/definitions/shipped.js'
import { runPolicyLint } from '../audit/run-policy-lint.js'
import type { LintWarning, PolicyLint } from '../audit/types/policy-lint.js'
import { EXIT } from './exit.js'
import { counted } from './shown.js'
import { wholeFlag } from './whole-flag.js'

export type PolicyLintFlags = {
  readonly groups?: string
  readonly seed: string
  readonly audits: string
  readonly json?: boolean
}

/** Simulates what chance alone does to each limit of a policy and warns of those that it fails; exit 1 where there is a warning. */
export async function policyLintFromCommandLine(idOrFile: string, flags: PolicyLintFlags): Promise<void> {
  const policy = readPolicy(idOrFile)
  const groupings = flags.groups === undefined ? fairfaceGroupings() : await groupingsOfAudit(flags.groups)
  const run = { seed: wholeFlag('--seed', flags.seed), audits: wholeFlag('--audits', flags.audits, 20) }
  const lint = runPolicyLint(policy, groupings, run)
  process.stdout.write(flags.json === true ? `${JSON.stringify(lint, null, 2)}\n` : asText(lint, flags.groups ?? null))
  process.exitCode = lint.limits.some(({ warnings }) => warnings.length > 0) ? EXIT.failed : EXIT.passed
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}%`

function asText({ policy, groups, limits, audits, seed }: PolicyLint, of: string | null): string {
  const sizes = groups.map(
    ({ groupBy, sizes: images }) =>
      `  by ${groupBy.join(' x ')}: ${counted(images.length, 'group')} of ${Math.min(...images)} to ${Math.max(...images)} images`,
  )
  const rows = limits.flatMap(({ id, kind, rates, warnings }) => [
    `${id} (${kind})`,
    ...(kind === 'coverage' ? ['  not simulated: it counts rows'] : []),
    ...rates.map(({ groupBy, rate, failed, passed, cannotTell, byPoint }) => {
      const bare = byPoint === null ? '' : `; the bare number would lie beyond the bound in ${percent(byPoint)}`
      return `  all groups at ${percent(rate)}, by ${groupBy.join(' x ')}: fails ${percent(failed)}, passes ${percent(passed)}, cannot tell ${percent(cannotTell)}${bare}`
    }),
    ...warnings.map((warning) => `  WARNING: ${id}: ${sentence(warning)}`),
  ])
  return [
    `Policy ${policy.id}, mode ${policy.mode}: ${counted(limits.length, 'limit')}, each in ${audits} simulated audits a rate whose groups are all alike (seed ${seed}).`,
    `Group sizes ${of === null ? "of FairFace's validation images" : `of ${of}`}:`,
    ...sizes,
    ...(limits.length === 0 ? ['It asks for no gate: nothing can fail.'] : ['', ...rows]),
    '',
    'One outcome and one grouping at a time: a limit over several fails at most as often as they do together.',
    '',
  ].join('\n')
}

function sentence(warning: LintWarning): string {
  switch (warning.kind) {
    case 'fails-by-chance':
      return `chance alone fails it in ${percent(warning.share)} of audits in which all groups have a rate of ${percent(warning.rate)}`
    case 'never-passes':
      return `in mode assurance it hardly ever passes by ${warning.groupBy.join(' x ')} at these sizes, even where all groups are equal`
    case 'not-simulated':
      return warning.groupings === undefined
        ? 'nothing was simulated for it: none of its groupings is among these group sizes. Give an audit that has them: --groups'
        : `nothing was simulated by ${warning.groupings.map((groupBy) => groupBy.join(' x ')).join(', ')}, which is not among these group sizes: a name that is mistyped, or an audit that has it is wanted (--groups)`
    case 'too-few-images':
      return `${counted(warning.groups, 'group')} ${warning.groups === 1 ? 'has' : 'have'} fewer images than it asks, whatever is decided`
  }
}
