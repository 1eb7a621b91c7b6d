import { Option } from 'commander'
import type { DefinitionError } from '../audit/errors.js'

/** `--locale en,ko`, on every command that writes a report. */
export function localeOption(): Option {
  return new Option(
    '--locale <ids>',
    'language of reports, such as ko; several, as in en,ko, give one HTML file that holds the report in each (default: en)',
  )
}

/** The languages of `--locale`, in order; English when it is not given. Throws DefinitionError that names the known ones. */
export async function localesAsked(flag: string | undefined): Promise<readonly string[]> {
  if (flag === undefined) return ['en']
  const { localeIds } = await import('../audit/report/locale.js')
  const known = localeIds()
  const asked = flag.split(',').map((id) => id.trim())
  const unknown = asked.find((id) => !known.includes(id))
  if (unknown === undefined) return asked
  throw await fault(unknown, known)
}

async function fault(received: string, known: readonly string[]): Promise<DefinitionError> {
  const { DefinitionError, quoted } = await import('../audit/errors.js')
  return new DefinitionError('flag.locale', {
    at: 'command line',
    field: '--locale',
    expected: `languages (${known.join(', ')}), separated by commas`,
    received: quoted(received),
    hint: 'How to add a language: docs/languages.md',
  })
}
