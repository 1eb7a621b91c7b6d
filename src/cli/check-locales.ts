import { localeFaults } from '../audit/report/check-locale.js'
import { DEFAULT_LOCALE, localeIds, localeSources } from '../audit/report/locale.js'

// Part of `npm run lint`: every language of reports/locales/ has every text of the English one, with the same slots.
const english = localeSources(DEFAULT_LOCALE)
const faults = localeIds().flatMap((id) =>
  localeFaults(english, id, localeSources(id)).map((fault) => `reports/locales/${id}: ${fault}\n`),
)
process.stderr.write(faults.join(''))
process.exitCode = faults.length === 0 ? 0 : 1
