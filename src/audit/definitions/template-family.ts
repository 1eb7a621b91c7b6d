import { quoted } from '../errors.js'
import type { TemplateFamily } from '../types/grid.js'
import { contentSha256 } from './canonical.js'
import { checkYaml } from './check-yaml.js'
import { checkFileName } from './file-name-rule.js'
import type { Located } from './locate.js'
import { RuleFaults } from './rule-faults.js'
import { templateFamilySchema } from './template-family-schema.js'
import { checkTemplate } from './template-rules.js'
import { readYaml } from './yaml-file.js'

/** Reads one family of templates. Throws DefinitionError with all faults of the file. */
export function readTemplateFamilyFile(located: Located): TemplateFamily {
  const document = readYaml(located.file, located.shown)
  const written = checkYaml(templateFamilySchema, document)
  const faults = new RuleFaults(document)
  checkFileName(written.id, located.file, faults)
  written.templates.forEach((template, index) => {
    checkTemplate(template, ['templates', index], faults)
    if (written.templates.indexOf(template) < index)
      faults.add(['templates', index], 'each template once', { received: `${quoted(template)} again` })
  })
  faults.throwIfAny()
  const { id, title, source, note, templates } = written
  const content = { id, title, source, note, templates }
  return { ...content, sha256: contentSha256(content) }
}
