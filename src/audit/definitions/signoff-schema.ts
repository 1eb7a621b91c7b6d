import { z } from 'zod'

/** Text that may be left blank: nobody has to know everything on the first day. */
const blank = (description: string) => z.string().nullable().optional().meta({ description })

const day = (description: string) =>
  z
    .string()
    .regex(/^(\s*|\d{4}-\d{2}-\d{2})$/, 'a date such as 2027-11-27')
    .nullable()
    .optional()
    .meta({ description })

const signature = (description: string) =>
  z
    .strictObject({
      name: blank('Full name.'),
      role: blank('Role, with the organisation.'),
      independentOfDeveloper: z
        .boolean()
        .nullable()
        .optional()
        .meta({ description: 'Whether this person is independent of those who built the system.' }),
      date: day('Day of the signature.'),
      decision: blank('What was decided, such as: released for pilot use; not released; more data first.'),
    })
    .nullable()
    .optional()
    .meta({ description })

/** signoff.yaml as its file writes it: every field but the first three may be blank while the report is a draft. */
export const signoffSchema = z
  .strictObject({
    schema: z.literal('probity/signoff@1'),
    audit: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, 'the id of an audit, sha256: and 64 digits')
      .meta({ description: 'Id of the audit that is signed, as its audit.json has it.' }),
    status: z.enum(['draft', 'final']).meta({
      description: 'final is refused while a field of the sections 3, 5, 14 or 19 of the report is blank.',
    }),
    system: z
      .strictObject({
        version: blank('Version of the audited system.'),
        intendedUse: blank('What the system is for.'),
        foreseeableMisuse: blank('What it could foreseeably be used for without being meant for it.'),
        peopleAffected: blank('Who is affected by what it decides.'),
      })
      .nullable()
      .optional()
      .meta({ description: 'Section 3. What the plan states need not be said again.' }),
    data: z
      .strictObject({
        source: blank('Where the data come from, how they were obtained, and from when they are.'),
        labelledBy: blank('Who labelled the groups, and how.'),
        necessity: blank('Why data about these attributes were needed, and what keeps them from other use.'),
      })
      .nullable()
      .optional()
      .meta({ description: 'Section 5.' }),
    limits: z
      .strictObject({
        deploymentData: blank('How images in use differ from those of the audit.'),
        notMeasured: blank('What was not measured, and what follows from that.'),
      })
      .nullable()
      .optional()
      .meta({ description: 'Section 14.' }),
    actions: z
      .array(
        z.strictObject({
          finding: z
            .string()
            .regex(/^sha256:[0-9a-f]{64}$/, 'the fingerprint of a finding, sha256: and 64 digits')
            .meta({ description: 'Fingerprint of a finding of the audit; it is the same in the next run.' }),
          owner: blank('Who sees to it.'),
          action: blank('What will be done.'),
          due: day('Until when.'),
        }),
      )
      .nullable()
      .optional()
      .meta({ description: 'Section 13, the findings register. A finding that is left out has blank lines there.' }),
    prepared: signature('Section 19: who prepared the report.'),
    reviewed: signature('Section 19: who reviewed it.'),
    approved: signature('Section 19: who approved it.'),
    expires: day('Last day on which the report should be relied on.'),
  })
  .meta({ title: 'Probity sign-off', description: 'Who stands behind a report, and what only people can state.' })
