import { join } from 'node:path'
import { readAudit } from './audit-file/read-audit.js'
import { readableJson } from './audit-file/canonical-json.js'
import { writeFileWhole } from './audit-file/write-file-whole.js'
import { publishAudit } from './disclosure/publish-audit.js'
import { DefinitionError } from './errors.js'
import { prepareFolder } from './prepare-folder.js'
import { renderPublishedCsv, renderPublishedMarkdown } from './report/render-published.js'
import { runVerify } from './run-verify.js'
import type { PublishedAudit } from './types/published.js'

export type PublishPlan = {
  /** Path of a saved audit. */
  readonly audit: string
  /** Counts below this are not disclosed. */
  readonly minDisclosed: number
  readonly out: string
}

/** Writes what of a saved audit may be given away: published.json, published-rates.csv and published.md. Nothing is run. Throws
 *  DefinitionError when the audit does not follow from its own counts: what rests on other numbers cannot be kept safe. */
export async function runPublish(plan: PublishPlan): Promise<{ published: PublishedAudit; files: string[] }> {
  const audit = await readAudit(plan.audit)
  const broken = runVerify(audit).filter(({ holds }) => !holds)
  if (broken.length > 0) {
    throw new DefinitionError('publish.not-verified', {
      at: plan.audit,
      expected: 'an audit that follows from its counts',
      received: 'one that does not',
      hint: 'See what is wrong with: probity verify',
    })
  }
  const published = publishAudit(audit, plan.minDisclosed)
  await prepareFolder(plan.out)
  const files = [
    { name: 'published.md', text: renderPublishedMarkdown(published) },
    { name: 'published-rates.csv', text: renderPublishedCsv(published) },
    { name: 'published.json', text: readableJson(published) },
  ]
  for (const { name, text } of files) await writeFileWhole(join(plan.out, name), text)
  return { published, files: files.map(({ name }) => join(plan.out, name)) }
}
