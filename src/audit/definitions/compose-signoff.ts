import type { SystemDescription } from '../types/definitions.js'
import { planStates, SIGNERS, type SystemField } from '../types/signoff.js'
import { printable } from './words.js'
import { yamlString } from './yaml-text.js'

export type NewSignoff = {
  readonly auditId: string
  readonly system: SystemDescription
  /** Path of the schema as the new file names it for editors. */
  readonly schema: string
  /** One for each finding; `about` stands as a comment above it. */
  readonly actions: readonly { readonly fingerprint: string; readonly about: string }[]
  /** Findings for which there is no line. */
  readonly left: number
}

/** A signoff.yaml to fill in, with a comment on every field. */
export function composeSignoff({ auditId, system, schema, actions, left }: NewSignoff): string {
  const stated = (field: SystemField): string => {
    const said = planStates(field, system)
    return said === null ? '' : ` ${yamlString(said)}`
  }
  const lines = [
    `# yaml-language-server: $schema=${schema}`,
    '# Who stands behind the report of this audit, and what only people can state. Keep it beside audit.json: probity report reads it.',
    '# What is blank: probity signoff check audit.json. The report is a draft until status is final and nothing that it needs is blank.',
    'schema: probity/signoff@1',
    `audit: ${auditId}`,
    'status: draft # or final',
    '',
    'system: # section 3 of the report',
    `  version:${stated('version')} # of the audited system`,
    `  intendedUse:${stated('intendedUse')} # what it is for`,
    `  foreseeableMisuse:${stated('foreseeableMisuse')} # what it could foreseeably be used for without being meant for it`,
    `  peopleAffected:${stated('peopleAffected')} # whom its decisions touch`,
    '',
    'data: # section 5',
    '  source: # where the data come from, how they were obtained, and from when they are',
    '  labelledBy: # who labelled the groups, and how',
    '  necessity: # why data about these attributes were needed, and what keeps them from other use',
    '',
    'limits: # section 14',
    '  deploymentData: # how images in use differ from those of the audit',
    '  notMeasured: # what was not measured, and what follows from that',
    '',
    ...(actions.length === 0
      ? ['actions: [] # section 13, the findings register: no disparity towards harm was found']
      : ['actions: # section 13, the findings register: one for each disparity towards harm; dates as 2027-11-27']),
    ...actions.flatMap(({ fingerprint, about }) => [
      `  # ${printable(about)}`,
      `  - finding: ${fingerprint}`,
      '    owner:',
      '    action:',
      '    due:',
    ]),
    ...(left === 0 ? [] : [`  # ${left} more findings have no line here; they stand in contrasts.csv`]),
    '',
    '# section 19; a decision is a sentence, such as: released for the pilot; not released; more data first',
    ...SIGNERS.flatMap((who) => [
      `${who}:`,
      '  name:',
      '  role:',
      '  independentOfDeveloper: # true or false',
      '  date:',
      '  decision:',
    ]),
    'expires: # last day on which the report should be relied on',
  ]
  return `${lines.join('\n')}\n`
}
