import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localeContents, localeIds, localeSources } from '../audit/report/locale.js'
import { preparedLocaleFile, preparedLocaleText } from '../audit/report/prepared-locale.js'
import { templatesModule } from '../audit/report/templates.js'

// The second half of `npm run build`: the templates and languages of reports/ are compiled and parsed once, not by every command.
const templates = fileURLToPath(new URL('../audit/report/prepared-templates.js', import.meta.url))
writeWhole(templates, templatesModule())
for (const id of localeIds()) {
  const sources = localeSources(id)
  const file = preparedLocaleFile(id)
  mkdirSync(dirname(file), { recursive: true })
  writeWhole(file, preparedLocaleText(localeContents(id, ...sources), sources))
}

/** In place at once: a build that is cut off, or a command that starts meanwhile, must find the one before or this one. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}
