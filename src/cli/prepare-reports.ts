import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditSchema } from '../audit/definitions/audit-schema.js'
import { PREPARED_AUDIT_SHAPE } from '../audit/definitions/prepared-audit-shape.js'
import { shapeOfSchema } from '../audit/definitions/shape-of-schema.js'
import { localeContents, localeIds, localeSources } from '../audit/report/locale.js'
import { preparedLocaleFile, preparedLocaleText } from '../audit/report/prepared-locale.js'
import { preparedText } from '../audit/report/prepared.js'
import { templatesModule } from '../audit/report/templates.js'
import { crosswalkTexts, parsedCrosswalk, PREPARED_CROSSWALK } from '../audit/report/view/crosswalk-sources.js'

// The second half of `npm run build`: what every report needs of templates, languages and the schema of audit.json is made once, not by every command.
const templates = fileURLToPath(new URL('../audit/report/prepared-templates.js', import.meta.url))
writeWhole(templates, templatesModule())
for (const id of localeIds()) {
  const sources = localeSources(id)
  const file = preparedLocaleFile(id)
  writeWhole(file, preparedLocaleText(localeContents(id, ...sources), sources))
}
writeWhole(PREPARED_CROSSWALK, preparedText(parsedCrosswalk(crosswalkTexts()), crosswalkTexts()))
writeWhole(PREPARED_AUDIT_SHAPE, `${JSON.stringify(shapeOfSchema(auditSchema))}\n`)

/** In place at once: a build that is cut off, or a command that starts meanwhile, must find the one before or this one. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
